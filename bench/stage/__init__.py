"""What the measurements stand on: diaries of any size, a server and its client, texts and words."""
