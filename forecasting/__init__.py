"""Demand forecasts and the stock they call for: frames in, frames out."""
