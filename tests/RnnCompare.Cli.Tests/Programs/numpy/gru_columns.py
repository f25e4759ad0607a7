"""A GRU on one sequence of columns, with a W and a U for each gate and h = (1 − z) ⊙ h + z ⊙ h̃."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(9)
V, H, T = 7, 5, 6
p = {}
for gate in "zrh":
    p["W" + gate], p["U" + gate], p["b" + gate] = rng.normal(size=(H, V)) / 2, rng.normal(size=(H, H)) / 2, rng.normal(size=(H, 1)) / 5
p["Wy"], p["by"] = rng.normal(size=(V, H)) / 2, np.zeros((V, 1))
inputs, targets = rng.integers(0, V, T), rng.integers(0, V, T)


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


h, hs, ps, tape, loss = np.zeros((H, 1)), [], [], [], 0.0
for t in range(T):
    x = np.eye(V)[:, [inputs[t]]]
    z = sigmoid(p["Wz"] @ x + p["Uz"] @ h + p["bz"])
    r = sigmoid(p["Wr"] @ x + p["Ur"] @ h + p["br"])
    h_tilde = np.tanh(p["Wh"] @ x + p["Uh"] @ (r * h) + p["bh"])
    tape.append((x, h, z, r, h_tilde))
    h = (1 - z) * h + z * h_tilde
    y = p["Wy"] @ h + p["by"]
    ps.append(np.exp(y) / np.exp(y).sum())
    hs.append(h)
    loss -= np.log(ps[t][targets[t], 0])

g = {k: np.zeros_like(v) for k, v in p.items()}
dh_next = np.zeros((H, 1))
for t in reversed(range(T)):
    x, h_prev, z, r, h_tilde = tape[t]
    dy = ps[t].copy()
    dy[targets[t]] -= 1
    g["Wy"] += dy @ hs[t].T
    g["by"] += dy
    dh = p["Wy"].T @ dy + dh_next
    dz = dh * (h_tilde - h_prev) * z * (1 - z)
    dht = dh * z * (1 - h_tilde ** 2)
    drh = p["Uh"].T @ dht
    dr = drh * h_prev * r * (1 - r)
    for gate, d, state in (("z", dz, h_prev), ("r", dr, h_prev), ("h", dht, h_prev if slip == "reset_forgotten" else r * h_prev)):
        g["W" + gate] += d @ x.T
        g["U" + gate] += d @ state.T
        g["b" + gate] += d
    dh_next = dh * (1 - z) + drh * r + p["Uz"].T @ dz + p["Ur"].T @ dr
np.savez(sys.argv[1], inputs=inputs, targets=targets, h=np.hstack(hs), p=np.hstack(ps), loss=loss, **p, **{"d" + k: v for k, v in g.items()})
