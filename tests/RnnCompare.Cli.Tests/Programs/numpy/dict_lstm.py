"""An LSTM in a dict of arrays: one matrix a gate, rows, [h, x] side by side, one sequence of one-hot characters."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(4)
H, D, T = 5, 7, 6
Z = H + D


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


model = dict(
    Wf=rng.normal(size=(Z, H)) / np.sqrt(Z / 2), Wi=rng.normal(size=(Z, H)) / np.sqrt(Z / 2),
    Wc=rng.normal(size=(Z, H)) / np.sqrt(Z / 2), Wo=rng.normal(size=(Z, H)) / np.sqrt(Z / 2),
    Wy=rng.normal(size=(H, D)) / np.sqrt(D / 2),
    bf=np.zeros((1, H)), bi=np.zeros((1, H)), bc=np.zeros((1, H)), bo=np.zeros((1, H)), by=np.zeros((1, D)))
X_train, y_train = rng.integers(0, D, T), rng.integers(0, D, T)

h, c, loss, caches, probs = np.zeros((1, H)), np.zeros((1, H)), 0.0, [], []
for token, target in zip(X_train, y_train):
    X_one_hot = np.zeros(D)
    X_one_hot[token] = 1
    X = np.column_stack((h, X_one_hot.reshape(1, -1)))
    hf, hi, ho = (sigmoid(X @ model["W" + g] + model["b" + g]) for g in "fio")
    hc = np.tanh(X @ model["Wc"] + model["bc"])
    c_old, c = c, hf * c + hi * hc
    h = ho * np.tanh(c)
    y = h @ model["Wy"] + model["by"]
    prob = np.exp(y) / np.exp(y).sum()
    loss += -np.log(prob[0, target])
    probs.append(prob)
    caches.append((X, hf, hi, ho, hc, h, c, c_old))
loss /= T

grad = {k: np.zeros_like(v) for k, v in model.items()}
dh_next, dc_next = np.zeros((1, H)), np.zeros((1, H))
for t in reversed(range(T)):
    X, hf, hi, ho, hc, h, c, c_old = caches[t]
    dy = probs[t].copy()
    dy[0, y_train[t]] -= 1
    dy /= T
    grad["Wy"] += h.T @ dy
    grad["by"] += dy
    dh = dy @ model["Wy"].T + dh_next
    dc = ho * dh * (1 - np.tanh(c) ** 2) + dc_next
    d = dict(o=np.tanh(c) * dh * ho * (1 - ho), f=c_old * dc * hf * (1 - hf), i=hc * dc * hi * (1 - hi), c=hi * dc * (1 - hc ** 2))
    if slip == "output_gate_slope":
        d["o"] = np.tanh(c) * dh * ho
    dX = 0
    for g in "fico":
        grad["W" + g] += X.T @ d[g]
        grad["b" + g] += d[g]
        dX = dX + d[g] @ model["W" + g].T
    dh_next, dc_next = dX[:, :H], hf * dc
np.savez(sys.argv[1], X_train=X_train, y_train=y_train, loss=loss, **model, **{"grad_" + k: v for k, v in grad.items()})
