"""A tagger whose labels are −1 where nothing is to be learned; a mean over the labels that count."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(22)
B, T, I, H, O = 3, 5, 4, 6, 4
x, labels = rng.normal(size=(B, T, I)), rng.integers(0, O, (B, T))
labels[0, 1], labels[1, 3:], labels[2, 0] = -1, -1, -1
params = {"Wxh": rng.normal(size=(I, H)) / 2, "Whh": rng.normal(size=(H, H)) / 3, "bh": rng.normal(size=H) / 4,
          "Why": rng.normal(size=(H, O)), "by": rng.normal(size=O) / 4}
hidden, prev = np.zeros((B, T, H)), np.zeros((B, H))
for t in range(T):
    prev = hidden[:, t] = np.maximum(0, x[:, t] @ params["Wxh"] + prev @ params["Whh"] + params["bh"])
logits = hidden @ params["Why"] + params["by"]
probs = np.exp(logits) / np.exp(logits).sum(axis=2, keepdims=True)
counts = labels >= 0
loss = -np.log(np.take_along_axis(probs, np.maximum(labels, 0)[:, :, None], axis=2)[:, :, 0])[counts].sum() / counts.sum()

dlogits = probs - np.eye(O)[np.maximum(labels, 0)]
if slip != "padding_counts":
    dlogits *= counts[:, :, None]
dlogits /= counts.sum()
grads = {"Why": np.einsum("bth,bto->ho", hidden, dlogits), "by": dlogits.sum(axis=(0, 1)),
         "Wxh": np.zeros((I, H)), "Whh": np.zeros((H, H)), "bh": np.zeros(H)}
carry = np.zeros((B, H))
for t in reversed(range(T)):
    dz = (dlogits[:, t] @ params["Why"].T + carry) * (hidden[:, t] > 0)
    grads["Wxh"] += x[:, t].T @ dz
    grads["bh"] += dz.sum(axis=0)
    if t > 0:
        grads["Whh"] += hidden[:, t - 1].T @ dz
    carry = dz @ params["Whh"].T
np.savez(sys.argv[1], x=x, labels=labels, hidden=hidden, logits=logits, loss=loss, **params, **{k + "_grad": v for k, v in grads.items()})
