"""Shapes in which the story can be delivered; `canonical` is the contract's own."""
