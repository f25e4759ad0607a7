using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Experiments.Flow;

/// <summary>Where the gradient of each step's loss still is, at every step.</summary>
/// <param name="Place">The layer and direction.</param>
/// <param name="Norms">‖∂L_s/∂h_t‖₂ over the whole batch, (T, T) with rows s and columns t; NaN where h_t comes after all that L_s depends on.</param>
public sealed record FlowMap(LayerPlace Place, NdArray<double> Norms)
{
    // Numbers that a pass holds at once, about: 256 MB.
    private const long PassSize = 1 << 25;

    /// <summary>Computes the map of every layer and direction, many losses in one backward pass.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="batch">The batch; L_s is its loss at step s, weighted as in the whole loss, which is their sum.</param>
    /// <param name="passSize">How many numbers a pass may hold at once, about.</param>
    /// <remarks>
    /// Each loss has a copy of the batch of its own, whose other losses have the weight 0. Where only the last step has an
    /// output, L_s is the loss that there would be if the sequence ended at step s.
    /// </remarks>
    internal static IReadOnlyList<FlowMap> Measure(RnnWeights<double> weights, SequenceBatch<double> batch, long passSize = PassSize)
    {
        var spec = weights.Spec;
        var (T, B) = (batch.Steps, batch.BatchSize);
        var lossWeights = EveryStep(batch.LossWeightsFor(spec), T, spec.Outputs);
        var everyStep = new RnnWeights<double>(spec with { Outputs = OutputMode.EveryStep });
        everyStep.CopyFrom(weights);
        batch = batch with { Targets = EveryStep(batch.Targets!, T, spec.Outputs), LossWeights = null };
        var places = Places(spec);
        var maps = places.Select(place => new FlowMap(place, NewNorms(T))).ToArray();
        var unitSize = (long)B * spec.Layers * spec.Directions * ValuesOfARow(spec);
        using var engine = CellEngine.Create(everyStep);
        for (var start = 0; start < T;)
        {
            var count = (int)Math.Clamp(passSize / (unitSize * T), 1, T - start);

            // Nothing that only reads forward depends on what comes after it.
            var steps = spec.Bidirectional ? T : start + count;
            var copies = BatchCopies.Of(batch, count, steps) with { LossWeights = new(steps, count * B) };
            for (var copy = 0; copy < count; copy++)
            {
                lossWeights.Row(start + copy).CopyTo(copies.LossWeights.Row(start + copy)[(copy * B)..]);
            }

            var hidden = engine.Gradients(copies).Hidden!; // (L·D, steps, count·B, H)
            for (var place = 0; place < places.Length; place++)
            {
                for (var copy = 0; copy < count; copy++)
                {
                    Fill(maps[place].Norms.Row(start + copy), hidden, place, start + copy, copy * B, batch, spec);
                }
            }

            start += count;
        }

        return maps;
    }

    // The numbers that a layer keeps of a step of a sequence, about.
    private static long ValuesOfARow(RnnSpec spec)
    {
        return spec.Cell is EquationCell { Equations: var equations }
            ? equations.Step.Scope.Variables.Where(variable => !variable.Shape.IsShared).Sum(variable => variable.Shape.Last.Evaluate(equations.LettersFor(spec.LayerInputSize(spec.Layers - 1), spec.HiddenSize)))
            : (2 * spec.GateRows) + (6 * spec.HiddenSize);
    }

    /// <summary>Every layer and direction of a network, in the order of its states.</summary>
    internal static LayerPlace[] Places(RnnSpec spec)
    {
        return [.. Enumerable.Range(0, spec.Layers * spec.Directions).Select(i => new LayerPlace(i / spec.Directions, i % spec.Directions == 1))];
    }

    private static void Fill(Span<double> row, NdArray<double> hidden, int place, int s, int first, SequenceBatch<double> batch, RnnSpec spec)
    {
        // Of the top layer only the step itself and those that the direction has read before; below, in both directions, all.
        var reaches = spec.Bidirectional && place / spec.Directions < spec.Layers - 1 ? 0 : place % spec.Directions == 1 ? -1 : 1;
        for (var t = 0; t < hidden.Shape[1]; t++)
        {
            if (reaches * (s - t) < 0)
            {
                continue;
            }

            var sum = 0.0;
            for (var b = 0; b < batch.BatchSize; b++)
            {
                foreach (var value in hidden.Row((((place * hidden.Shape[1]) + t) * hidden.Shape[2]) + first + b))
                {
                    sum += value * value;
                }
            }

            row[t] = Math.Sqrt(sum);
        }
    }

    private static NdArray<double> NewNorms(int steps)
    {
        var norms = new NdArray<double>(steps, steps);
        norms.Span.Fill(double.NaN);
        return norms;
    }

    private static SequenceTargets<double> EveryStep(SequenceTargets<double> targets, int steps, OutputMode outputs)
    {
        return targets.Classes is { } classes ? new(EveryStep(classes, steps, outputs)) : new(EveryStep(targets.Values!, steps, outputs));
    }

    private static NdArray<TElement> EveryStep<TElement>(NdArray<TElement> array, int steps, OutputMode outputs)
        where TElement : unmanaged
    {
        if (outputs == OutputMode.EveryStep)
        {
            return array;
        }

        var result = new NdArray<TElement>([steps, .. array.Shape]);
        for (var t = 0; t < steps; t++)
        {
            array.Span.CopyTo(result.Step(t));
        }

        return result;
    }
}
