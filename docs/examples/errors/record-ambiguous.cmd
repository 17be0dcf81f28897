formulate catalog show cycloserine-250-capsule
