"""Saves what a hand-written network has for `rnncompare check`. Drop this file beside the program; it needs NumPy alone.

    from rnncompare_save import save
    save("network.npz", locals())                            # every array that is there, under its own name
    save("network.npz", locals(), "x targets Wxh Whh dWxh")  # only these
    save("network.npz", params, grads=grads, x=x, loss=loss) # dicts and keywords

Taken are arrays, numbers, lists and dicts of arrays, torch tensors (with their .grad) and modules, Keras variables and models.
In a list or a dict with whole numbers as keys, steps of time become one array; matrices and biases of layers stay apart.
"""
import sys

import numpy as np

KINDS = "biufSU"  # of NumPy types that a file can hold: booleans, whole and real numbers, text


def save(path, *sources, **named):
    """Writes path.npz. A source is a mapping of names, or a text or list of the names that are wanted; keywords are arrays."""
    found, wanted = dict(), None
    for source in sources:
        if isinstance(source, dict):
            found.update(source)
        else:
            wanted = (wanted or []) + (source.split() if isinstance(source, str) else list(source))
    found.update(named)
    if wanted is not None:
        missing = [name for name in wanted if name not in found and name not in named]
        if missing:
            raise KeyError(f"there is no {missing[0]} to save; there are {', '.join(key for key in map(str, found) if not key.startswith('_'))}")
        found = {name: found[name] for name in list(wanted) + list(named)}
    arrays, left_out = {}, []
    for name, value in found.items():
        if wanted is None and name not in named and isinstance(name, str) and name.startswith("_"):
            continue
        parts = as_arrays(str(name), value, arrays)
        if parts is None and (wanted is not None or name in named):
            raise TypeError(f"{name} is a {type(value).__name__}, which is neither an array nor a list or dict of arrays")
        if parts is None:
            left_out.append(str(name))
        else:
            arrays.update(parts)
    np.savez(path, **arrays)
    print(f"saved {len(arrays)} arrays: {', '.join(arrays)}", file=sys.stderr)
    if left_out:
        print(f"left out, because they are not arrays: {', '.join(left_out)}", file=sys.stderr)


def as_arrays(name, value, taken):
    """The arrays of a value by name; None where it holds none."""
    if isinstance(value, (type, type(sys))):  # classes, and modules: torch has a detach, too
        return None
    if callable(getattr(value, "state_dict", None)):  # a torch module
        return merged(name, {key: tensor for key, tensor in value.named_parameters()}, taken)
    if hasattr(value, "trainable_weights"):  # a Keras model or layer
        return merged(name, {getattr(w, "path", w.name): w for w in value.weights}, taken)
    if hasattr(value, "detach"):  # a torch tensor
        parts = {name: value.detach().cpu().numpy()}
        has_grad = getattr(value, "is_leaf", True) or getattr(value, "retains_grad", False)  # torch warns where others are asked
        if has_grad and getattr(value, "grad", None) is not None:
            parts["d" + name] = value.grad.detach().cpu().numpy()
        return parts
    if callable(getattr(value, "numpy", None)):  # a TensorFlow or Keras variable
        return {name: np.asarray(value.numpy())}
    if isinstance(value, dict):
        if value and all(isinstance(key, (int, np.integer)) for key in value):  # steps of time, perhaps from -1 on
            return as_arrays(name, [value[key] for key in sorted(value)], taken)
        return merged(name, value, taken) if value else None
    if isinstance(value, (list, tuple)) and value and not all(np.isscalar(item) for item in value):
        return in_sequence(name, value, taken)
    if isinstance(value, (np.ndarray, np.generic, bool, int, float, str, list, tuple)):
        array = np.asarray(value)
        return {name: array} if array.dtype.kind in KINDS and array.size else None
    return None


def merged(name, parts, taken):
    """The arrays of a dict: under their own names, or behind the dict's where those are taken (grads.Wxh beside Wxh)."""
    result = {}
    for key, value in parts.items():
        own = str(key) if str(key) not in taken and str(key) not in result else f"{name}.{key}"
        arrays = as_arrays(own, value, {**taken, **result})
        if arrays is None:
            return None
        result.update(arrays)
    return result


def in_sequence(name, items, taken):
    """The arrays of a list: one array of all steps, or one for each layer."""
    parts = [as_arrays(f"{name}.{i}", item, taken) for i, item in enumerate(items)]
    if any(part is None for part in parts):
        return None
    arrays = {key: value for part in parts for key, value in part.items()}
    is_weight = name.lstrip("d_").lower()[:1] in ("w", "u", "b") or name.lower().startswith("grad")
    if is_weight or len(arrays) != len(items) or len({array.shape for array in arrays.values()}) > 1:
        return arrays
    return {name: np.stack(list(arrays.values()))}
