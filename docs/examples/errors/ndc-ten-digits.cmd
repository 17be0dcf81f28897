formulate prices at 4612203857 2025-01-02
