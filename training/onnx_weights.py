"""Reading the weights of an ONNX file under the names they had in PyTorch."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

#: The end of the name of a product that ``training.export`` does not round.
UNROUNDED = "/rest/MatMul"


def float_weights(path: Path) -> dict[str, np.ndarray]:
    """Return the weights in the ONNX file at ``path`` under the names they had in PyTorch, as float32.

    The exporter drops the names of matrices; each is named after the bias that is added to its product.
    """
    graph = onnx.load(path).graph
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:  # equal constants are written once
        if node.op_type == "Identity" and node.input[0] in constants:
            constants[node.output[0]] = constants[node.input[0]]
    users = defaultdict(list)
    makers = {name: node for node in graph.node for name in node.output}
    for node in graph.node:
        for name in node.input:
            users[name].append(node)

    def restored(name: str) -> np.ndarray:
        stem = name.removesuffix("_quantized")
        scale, zero = constants[f"{stem}_scale"], constants[f"{stem}_zero_point"]
        return (constants[name].astype(np.float32) - zero.astype(np.float32)) * scale

    def levelled(product: onnx.NodeProto) -> np.ndarray:
        """Return what multiplies each channel in front of a product that ``training.export`` levelled, else ones."""
        matrix = constants[product.input[1]]
        before = makers.get(makers[product.input[0]].input[0])
        factors = [constants[name] for name in before.input if name in constants] if before is not None else []
        is_levelled = (
            before is not None and before.op_type == "Mul" and factors and factors[0].shape == matrix.shape[:1]
        )
        return factors[0] if is_levelled else np.ones(len(matrix), np.float32)

    def bias_after(node: onnx.NodeProto) -> str:
        while not (node.op_type == "Add" and any(name.endswith(".bias") for name in node.input)):
            node = users[node.output[0]][0]
        return next(name for name in node.input if name.endswith(".bias"))

    weights = {name: array for name, array in constants.items() if name.endswith((".weight", ".bias"))}
    for name in constants:
        if name.endswith(".weight_quantized"):
            weights[name.removesuffix("_quantized")] = restored(name)
    #: What ``training.export`` multiplies apart, by the name of the layer.
    apart: dict[str, np.ndarray] = {}
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1] in constants:
            matrix = restored(node.input[1]) * levelled(node)[:, None]
            weights[bias_after(node).removesuffix(".bias") + ".weight"] = matrix.T
        elif node.op_type == "MatMul" and node.input[1] in constants:
            matrix = constants[node.input[1]].T
            if node.name.endswith(UNROUNDED):
                apart[node.name.removesuffix(UNROUNDED).strip("/").replace("/", ".")] = matrix
            else:
                weights[bias_after(node).removesuffix(".bias") + ".weight"] = matrix
    for layer, matrix in apart.items():
        weights[f"{layer}.weight"] = np.concatenate([weights.pop(f"{layer}.most.weight"), matrix], axis=1)
        weights[f"{layer}.bias"] = weights.pop(f"{layer}.most.bias")
    return {name.removeprefix("model."): array for name, array in weights.items()}
