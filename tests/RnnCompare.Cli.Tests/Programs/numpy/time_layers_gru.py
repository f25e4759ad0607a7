"""A GRU of time layers: joined matrices, gates z, r, h, the reset before the product, and a mean squared error."""
import sys
import numpy as np

slip = sys.argv[2] if len(sys.argv) > 2 else None
rng = np.random.default_rng(8)
N, T, D, H, O = 3, 5, 4, 6, 2
Wx, Wh, b = rng.normal(size=(D, 3 * H)) / 2, rng.normal(size=(H, 3 * H)) / 2, rng.normal(size=3 * H) / 4
W_out, b_out = rng.normal(size=(H, O)), rng.normal(size=O)
xs, t_true = rng.normal(size=(N, T, D)), rng.normal(size=(N, T, O))


def sigmoid(v):
    return 1 / (1 + np.exp(-v))


h, hs, caches = np.zeros((N, H)), np.zeros((N, T, H)), []
for t in range(T):
    x = xs[:, t]
    z = sigmoid(x @ Wx[:, :H] + h @ Wh[:, :H] + b[:H])
    r = sigmoid(x @ Wx[:, H:2 * H] + h @ Wh[:, H:2 * H] + b[H:2 * H])
    h_hat = np.tanh(x @ Wx[:, 2 * H:] + (r * h) @ Wh[:, 2 * H:] + b[2 * H:])
    caches.append((h, z, r, h_hat))
    h = (1 - z) * h + z * h_hat
    hs[:, t] = h
y_pred = hs @ W_out + b_out
loss = np.mean((y_pred - t_true) ** 2)

dy = 2 * (y_pred - t_true) / y_pred.size
if slip == "no_factor_two":
    dy = (y_pred - t_true) / y_pred.size
dW_out, db_out = np.einsum("nth,nto->ho", hs, dy), dy.sum(axis=(0, 1))
dWx, dWh, db, dxs, dh_next = np.zeros_like(Wx), np.zeros_like(Wh), np.zeros_like(b), np.zeros_like(xs), np.zeros((N, H))
for t in reversed(range(T)):
    h_prev, z, r, h_hat = caches[t]
    dh = dy[:, t] @ W_out.T + dh_next
    dh_prev = dh * (1 - z)
    dt = dh * z * (1 - h_hat ** 2)
    dhr = dt @ Wh[:, 2 * H:].T
    dh_prev = dh_prev + r * dhr
    dz, dr = dh * (h_hat - h_prev) * z * (1 - z), dhr * h_prev * r * (1 - r)
    if slip == "reset_path_missing":
        dr = np.zeros_like(dr)
    d = np.hstack((dz, dr, dt))
    dWx += xs[:, t].T @ d
    dWh += np.hstack((h_prev.T @ dz, h_prev.T @ dr, (r * h_prev).T @ dt))
    db += d.sum(axis=0)
    dxs[:, t] = d @ Wx.T
    dh_next = dh_prev + dz @ Wh[:, :H].T + dr @ Wh[:, H:2 * H].T
np.savez(sys.argv[1], xs=xs, t=t_true, Wx=Wx, Wh=Wh, b=b, W_out=W_out, b_out=b_out, hs=hs, y_pred=y_pred, loss=loss,
         dWx=dWx, dWh=dWh, db=db, dW_out=dW_out, db_out=db_out, dxs=dxs)
