using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Diagnosis;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Checking.Tests.Programs;

/// <summary>A cell that only its equations name, the minimal gated unit, in plain loops: one sequence, squared error summed over every step.</summary>
internal static class MinimalGatedProgram
{
    private const int T = 4, I = 3, H = 5, O = 2;

    private const string Cell = """
        cell mgu
        state h
        f  = sigmoid(x·Wxf + h·Whf + bf)
        m  = f ⊙ h
        n  = tanh(x·Wxn + m·Whn + bn)
        h' = (1 - f) ⊙ h + f ⊙ n
        """;

    /// <summary>Runs it.</summary>
    /// <param name="keepsGate">Whether the gate's derivative forgets the state that the gate multiplies: df = dh ⊙ n + … in place of dh ⊙ (n − h) + ….</param>
    /// <param name="assigns">Whether dWhn is assigned in place of added to.</param>
    public static Prototype Run(bool keepsGate = false, bool assigns = false)
    {
        var spec = new RnnSpec { Cell = new EquationCell(CellEquations.Parse(Cell)), InputSize = I, HiddenSize = H, OutputSize = O, Loss = LossKind.SquaredError, Reduction = Reduction.Sum };
        var (weights, gradients, random) = (new RnnWeights<double>(spec), new RnnWeights<double>(spec), new Random(8));
        foreach (var tensor in weights.Tensors)
        {
            Fill(tensor.Values);
        }

        NdArray<double> x = new(T, 1, I), target = new(T, 1, O), start = new(1, 1, H), y = new(T, 1, O);
        Fill(x);
        Fill(target);
        Fill(start);
        var (w, d) = (weights.Layer(0, reverse: false), gradients.Layer(0, reverse: false));
        double[,] h = new double[T + 1, H], f = new double[T, H], n = new double[T, H];
        var loss = 0.0;
        for (var j = 0; j < H; j++)
        {
            h[0, j] = start.Data[j];
        }

        for (var t = 0; t < T; t++)
        {
            for (var j = 0; j < H; j++)
            {
                var a = w["bf"].Data[j];
                for (var k = 0; k < I; k++)
                {
                    a += x.Data[(t * I) + k] * w["Wxf"][k, j];
                }

                for (var k = 0; k < H; k++)
                {
                    a += h[t, k] * w["Whf"][k, j];
                }

                f[t, j] = 1 / (1 + Math.Exp(-a));
            }

            for (var j = 0; j < H; j++)
            {
                var a = w["bn"].Data[j];
                for (var k = 0; k < I; k++)
                {
                    a += x.Data[(t * I) + k] * w["Wxn"][k, j];
                }

                for (var k = 0; k < H; k++)
                {
                    a += f[t, k] * h[t, k] * w["Whn"][k, j];
                }

                n[t, j] = Math.Tanh(a);
                h[t + 1, j] = ((1 - f[t, j]) * h[t, j]) + (f[t, j] * n[t, j]);
            }

            for (var o = 0; o < O; o++)
            {
                var sum = weights.by.Data[o];
                for (var j = 0; j < H; j++)
                {
                    sum += weights.Why[o, j] * h[t + 1, j];
                }

                y.Data[(t * O) + o] = sum;
                loss += Math.Pow(sum - target.Data[(t * O) + o], 2) / 2;
            }
        }

        var next = new double[H];
        for (var t = T - 1; t >= 0; t--)
        {
            var (dh, before, da, dm) = (next, new double[H], new double[H], new double[H]);
            for (var o = 0; o < O; o++)
            {
                var dy = y.Data[(t * O) + o] - target.Data[(t * O) + o];
                gradients.by.Data[o] += dy;
                for (var j = 0; j < H; j++)
                {
                    gradients.Why[o, j] += dy * h[t + 1, j];
                    dh[j] += dy * weights.Why[o, j];
                }
            }

            for (var j = 0; j < H; j++)
            {
                da[j] = dh[j] * f[t, j] * (1 - (n[t, j] * n[t, j]));
                d["bn"].Data[j] += da[j];
                before[j] += dh[j] * (1 - f[t, j]);
            }

            for (var j = 0; j < H; j++)
            {
                for (var k = 0; k < I; k++)
                {
                    d["Wxn"][k, j] += x.Data[(t * I) + k] * da[j];
                }

                for (var k = 0; k < H; k++)
                {
                    d["Whn"][k, j] = (assigns ? 0 : d["Whn"][k, j]) + (f[t, k] * h[t, k] * da[j]);
                    dm[k] += da[j] * w["Whn"][k, j];
                }
            }

            for (var j = 0; j < H; j++)
            {
                var df = ((dh[j] * (n[t, j] - (keepsGate ? 0 : h[t, j]))) + (dm[j] * h[t, j])) * f[t, j] * (1 - f[t, j]);
                d["bf"].Data[j] += df;
                before[j] += dm[j] * f[t, j];
                for (var k = 0; k < I; k++)
                {
                    d["Wxf"][k, j] += x.Data[(t * I) + k] * df;
                }

                for (var k = 0; k < H; k++)
                {
                    d["Whf"][k, j] += h[t, k] * df;
                    before[k] += df * w["Whf"][k, j];
                }
            }

            next = before;
        }

        var claims = new TensorSet(spec);
        claims.Add("loss", new NdArray<double>([loss]));
        claims.Add("y", y);
        foreach (var (name, values) in gradients.Tensors)
        {
            claims.Add("d" + name, values);
        }

        return new()
        {
            Weights = weights,
            Batch = new() { Inputs = new(x), Targets = new(target), InitialState = new() { Hidden = start } },
            Claims = claims,
        };

        void Fill(NdArray<double> values)
        {
            foreach (ref var value in values.Span)
            {
                value = (2 * random.NextDouble()) - 1;
            }
        }
    }
}
