"""Tests of the bank of practices."""
