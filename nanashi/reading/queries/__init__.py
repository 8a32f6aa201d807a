"""What pages and feeds ask of the tables.

Every answer is bounded, and costs the same at any size of the diary.
"""
