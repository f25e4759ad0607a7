using System.Numerics;
using RnnCompare.Data;
using RnnCompare.Engines;
using RnnCompare.Models;

namespace RnnCompare.Truncation;

/// <summary>Truncated backpropagation through time on any engine: windows with carried state (see <see cref="TruncationSpec"/>).</summary>
public static class TruncatedBptt
{
    /// <summary>Computes the loss of a batch, and its gradients truncated.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="batch">The whole sequences.</param>
    /// <param name="truncation">How far gradients go back.</param>
    /// <returns>
    /// The sums over all windows; a mean divides by the outputs that count in the whole batch. With a single window they are
    /// those of <see cref="IRnnEngine{T}.Gradients(SequenceBatch{T})"/> bit for bit. The initial state's come from the windows that begin with it.
    /// </returns>
    /// <exception cref="ArgumentException">The batch does not fit the network, or the network is bidirectional and would be cut.</exception>
    public static GradientResult<T> Gradients<T>(IRnnEngine<T> engine, SequenceBatch<T> batch, TruncationSpec truncation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var windows = Windows(engine, batch, truncation);
        if (windows.Length == 1)
        {
            return engine.Gradients(batch);
        }

        batch = batch.Prepare(engine.Spec, needsTargets: true);
        var cutter = new BatchWindows<T>(engine.Spec, batch, batch.LossWeightsFor(engine.Spec));
        var sums = new WindowSums<T>(engine.Spec, batch);
        var (position, state) = (0, batch.InitialState ?? RnnState<T>.Zeros(engine.Spec, batch.BatchSize));
        foreach (var window in windows)
        {
            state = Advance(engine, cutter, state, position, window.Start);
            position = window.Start;
            var part = cutter.Cut(window, state);
            if (CountedLosses(part) > 0)
            {
                sums.Add(window, engine.Gradients(part));
            }
        }

        return sums.Result;
    }

    /// <summary>Trains on one window after the other: one update for each, when the enumeration reaches it.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="batch">The whole sequences.</param>
    /// <param name="truncation">How far gradients go back.</param>
    /// <returns>
    /// The step of each window: its loss, where a mean divides by the outputs that count in the window, and the state at its end.
    /// A window in which no loss counts is passed through without an update.
    /// </returns>
    /// <remarks>
    /// A window begins in the state that the window before it computed at that step, with the weights before its update. The
    /// steps in which windows overlap are computed again with the present weights.
    /// </remarks>
    /// <exception cref="ArgumentException">The batch does not fit the network, or the network is bidirectional and would be cut.</exception>
    public static IEnumerable<TrainingStep<T>> Train<T>(IRnnEngine<T> engine, SequenceBatch<T> batch, TruncationSpec truncation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var windows = Windows(engine, batch, truncation);
        batch = batch.Prepare(engine.Spec, needsTargets: true);
        return TrainWindows(engine, batch, windows).Where(window => window.Counted > 0).Select(window => window.Step);
    }

    /// <summary>Trains on all windows of a batch, one update for each, and reports what one step on the whole batch would.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="batch">The whole sequences.</param>
    /// <param name="truncation">How far gradients go back.</param>
    /// <returns>
    /// The loss in the batch's own reduction, where each window's part was computed before its update, and the state after each
    /// sequence's last step. With a single window it is <see cref="IRnnEngine{T}.Train"/>, bit for bit.
    /// </returns>
    /// <exception cref="ArgumentException">The batch does not fit the network, or the network is bidirectional and would be cut.</exception>
    public static TrainingStep<T> TrainBatch<T>(IRnnEngine<T> engine, SequenceBatch<T> batch, TruncationSpec truncation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var windows = Windows(engine, batch, truncation);
        batch = batch.Prepare(engine.Spec, needsTargets: true);
        var steps = TrainWindows(engine, batch, windows).ToArray();
        var loss = IsMean(engine.Spec, batch)
            ? steps.Sum(window => window.Counted * window.Step.Loss) / steps.Sum(window => window.Counted)
            : steps.Sum(window => window.Step.Loss);
        return new(loss, steps[^1].Step.FinalState) { Gradients = Array.FindLast(steps, window => window.Counted > 0).Step.Gradients };
    }

    // Each window's step, and the outputs that count in it; where none does, the loss is 0 and nothing is updated.
    private static IEnumerable<(TrainingStep<T> Step, int Counted)> TrainWindows<T>(IRnnEngine<T> engine, SequenceBatch<T> batch, TruncationWindow[] windows)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (windows.Length == 1)
        {
            yield return (engine.Train(batch), 1);
            yield break;
        }

        var spec = engine.Spec;
        var cutter = new BatchWindows<T>(spec, batch, batch.LossWeightsFor(spec with { Reduction = Reduction.Sum }));
        var isMean = IsMean(spec, batch);
        var state = batch.InitialState ?? RnnState<T>.Zeros(spec, batch.BatchSize);
        for (var i = 0; i < windows.Length; i++)
        {
            var window = windows[i];
            var nextStart = i + 1 < windows.Length ? windows[i + 1].Start : window.End;

            // The state before the update in which the next window will begin, where it is not the one at this window's end.
            var inner = nextStart < window.End ? Advance(engine, cutter, state, window.Start, nextStart) : null;
            var part = cutter.Cut(window, state);
            var counted = CountedLosses(part);
            if (counted == 0)
            {
                state = inner ?? Advance(engine, cutter, state, window.Start, window.End);
                yield return (new(0, state), 0);
                continue;
            }

            if (isMean)
            {
                foreach (ref var weight in part.LossWeights!.Span)
                {
                    weight /= T.CreateChecked(counted);
                }
            }

            var step = engine.Train(part);
            var end = cutter.Hold(state, step.FinalState, window.Start);
            state = inner ?? end;
            yield return (step with { FinalState = end }, counted);
        }
    }

    private static bool IsMean<T>(RnnSpec spec, SequenceBatch<T> batch)
        where T : unmanaged, IFloatingPointIeee754<T> => spec.Reduction == Reduction.Mean && batch.LossWeights is null;

    private static TruncationWindow[] Windows<T>(IRnnEngine<T> engine, SequenceBatch<T> batch, TruncationSpec truncation)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(truncation);
        TruncationWindow[] windows = [.. truncation.Windows(batch.Steps)];
        if (engine.Spec.Bidirectional && windows.Length > 1)
        {
            throw new ArgumentException($"A bidirectional network reads from the end too, so its {batch.Steps} steps cannot be cut into {windows.Length} windows.", nameof(truncation));
        }

        return windows;
    }

    private static RnnState<T> Advance<T>(IRnnEngine<T> engine, BatchWindows<T> cutter, RnnState<T> state, int from, int to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return from == to ? state : cutter.Hold(state, engine.Forward(cutter.Cut(from, to, state)).FinalState, from);
    }

    private static int CountedLosses<T>(SequenceBatch<T> part)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        return part.LossWeights!.Data.Count(weight => weight != T.Zero);
    }
}
