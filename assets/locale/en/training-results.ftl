# Training.
