"""Train a network as it will compute once it is int8 (quantisation-aware training; Jacob et al., 2018).

The exported file holds 8-bit weights, one scale for each output channel, and rounds what enters a matrix product to
8 bits over the range of the batch. Both roundings happen in the forward pass here; gradients pass through them as if
they were not there.
"""

from __future__ import annotations

import torch


def rounded_weight(weight: torch.Tensor) -> torch.Tensor:
    """Return a matrix (outputs, inputs) with each row rounded to 255 levels that are symmetric about zero."""
    scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-12) / 127
    return torch.round(weight / scale) * scale


def round_activations(model: torch.nn.Module) -> None:
    """Make every linear layer of ``model`` round what enters it to 256 levels over its range in the batch."""

    def before(_: torch.nn.Module, inputs: tuple[torch.Tensor, ...]) -> tuple[torch.Tensor, ...]:
        (x,) = inputs
        with torch.no_grad():
            low, high = x.amin().clamp(max=0), x.amax().clamp(min=0)
            scale = ((high - low) / 255).clamp(min=1e-12)
            error = torch.round(x / scale) * scale - x
        return (x + error,)

    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            layer.register_forward_pre_hook(before)
