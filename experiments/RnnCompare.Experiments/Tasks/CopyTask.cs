using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Numerics;
using RnnCompare.Numerics.RandomNumbers;

namespace RnnCompare.Experiments.Tasks;

/// <summary>Copy memory: ten symbols, T blanks, then the ten symbols again from memory.</summary>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>
/// Arjovsky, Shah &amp; Bengio 2016 after Hochreiter &amp; Schmidhuber 1997. T + 20 steps: ten symbols out of eight, T − 1 blanks,
/// the signal to begin, ten blanks; the answer is blank for T + 10 steps and then the symbols. Without memory the best is
/// to guess ten times: 10·ln 8/(T + 20) nats a step.
/// </remarks>
internal sealed class CopyTask<T> : GeneratedTask<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Symbols = 8;
    private const int Length = 10;
    private const int Blank = Symbols;
    private const int Signal = Symbols + 1;

    private readonly int _delay;

    public CopyTask(int delay, int batchSize, int seed)
        : base(batchSize, seed)
    {
        _delay = delay;
        Baseline = new("guessing, 10·ln 8/(T+20)", Length * Math.Log(Symbols) / (delay + (2 * Length)));
    }

    /// <inheritdoc/>
    public override TaskShape Shape { get; } = new(Symbols + 2, Symbols + 1, OutputMode.EveryStep, LossKind.CrossEntropy);

    /// <inheritdoc/>
    public override Metric Metric { get; } = new(MetricKind.CrossEntropy, "nats per step");

    /// <inheritdoc/>
    public override Baseline Baseline { get; }

    /// <inheritdoc/>
    protected override TaskBatch<T> Draw(NumpyGenerator random, int batchSize)
    {
        var symbols = random.Integers(0, Symbols, Length, batchSize); // (10, B)
        var (inputs, targets) = (Blanks(), Blanks());
        for (var i = 0; i < Length; i++)
        {
            symbols.Row(i).CopyTo(inputs.Row(i));
            symbols.Row(i).CopyTo(targets.Row(_delay + Length + i));
        }

        inputs.Row(_delay + Length - 1).Fill(Signal);
        return new(new() { Inputs = new(inputs), Targets = new(targets) });

        NdArray<long> Blanks()
        {
            var blanks = new NdArray<long>(_delay + (2 * Length), batchSize);
            blanks.Span.Fill(Blank);
            return blanks;
        }
    }
}
