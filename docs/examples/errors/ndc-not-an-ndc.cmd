formulate prices at 46122-385-7 2025-01-02
