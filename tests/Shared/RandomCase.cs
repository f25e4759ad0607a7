using FsCheck;
using FsCheck.Fluent;
using RnnCompare.Cells;
using RnnCompare.Data;
using RnnCompare.Models;

namespace RnnCompare.Tests.Shared;

/// <summary>A random network and batch, from few numbers, so that a failing case can be read and repeated.</summary>
public sealed record RandomCase(RnnSpec Spec, int Steps, int BatchSize, bool Tokens, bool Lengths, bool InitialState, int Seed)
{
    /// <summary>Runs a property on many cases, the same in every run.</summary>
    public static void ForAll(int count, Func<RandomCase, bool> property)
    {
        Prop.ForAll(Generator.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(20_240_607, 11));
    }

    internal RnnWeights<double> Weights => Samples.Weights<double>(Spec, Seed);

    internal SequenceBatch<double> Batch => Samples.Batch<double>(Spec, Steps, BatchSize, Seed + 1, Tokens, Lengths, InitialState);

    private static Gen<RandomCase> Generator =>
        from cell in Gen.Elements(CellTable.All.ToArray())
        from layers in Gen.Choose(1, 3)
        from bidirectional in Gen.Elements(false, true)
        from outputs in Gen.Elements(OutputMode.EveryStep, OutputMode.LastStep)
        from loss in Gen.Elements(LossKind.CrossEntropy, LossKind.SquaredError)
        from reduction in Gen.Elements(Reduction.Sum, Reduction.Mean)
        from sizes in Gen.Choose(1, 9).ArrayOf(5)
        from switches in Gen.Elements(false, true).ArrayOf(3)
        from seed in Gen.Choose(0, 1_000_000)
        select new RandomCase(
            new RnnSpec
            {
                Cell = cell,
                Layers = layers,
                Bidirectional = bidirectional,
                InputSize = sizes[0],
                HiddenSize = sizes[1],
                OutputSize = sizes[2] + 1,
                Outputs = outputs,
                Loss = loss,
                Reduction = reduction,
            },
            sizes[3],
            sizes[4],
            switches[0],
            switches[1],
            switches[2],
            seed);
}
