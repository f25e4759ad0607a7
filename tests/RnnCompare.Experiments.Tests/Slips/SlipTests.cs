using RnnCompare.Equations;
using RnnCompare.Experiments.Slips;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Tests.Slips;

/// <summary>Programs whose source is mistyped: what they compute before, what can be mistyped, and what is kept.</summary>
public class SlipTests
{
    public static TheoryData<string> Programs => [.. SourceProgram.All.Select(program => program.Name)];

    public static TheoryData<string> Kinds => [.. SlipKind.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_ComputesWhatTheEngineOfItsCellComputes(string name)
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var saved = Named(name).Read(Named(name).Run(seed));
            using var engine = CellEngine.Create(saved.Weights);
            var gradients = engine.Gradients(saved.Batch);

            Assert.Equal(gradients.Loss, saved.Claims.Single(claim => claim.Tensor == "loss").Values.Data[0], 1e-12);
            foreach (var (tensor, values) in gradients.Weights.Tensors)
            {
                var claim = saved.Claims.Single(claim => claim.Tensor == TensorNames.Gradient(tensor)).Values;
                var scale = values.Data.Max(Math.Abs);
                Assert.True(scale > 0, $"{name}, seed {seed}: d{tensor} is zero");
                Assert.All(values.Data.Zip(claim.Data), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-12 * scale, $"{name}, seed {seed}: d{tensor}"));
            }

            Assert.Empty(saved.MissingGradients);
            Assert.Empty(saved.Ignored);
        }
    }

    [Fact]
    public void Programs_CoverEveryCellLossAndOutput()
    {
        var specs = SourceProgram.All.Select(program => program.Read(program.Run(1)).Spec).ToArray();

        Assert.All(Cells.CellTable.All, cell => Assert.Contains(specs, spec => spec.Cell == cell));
        Assert.True(specs.Select(spec => spec.Cell).OfType<EquationCell>().Distinct().Count() >= 3, "cells that are shipped as equations");
        foreach (var gated in specs.Where(spec => spec.Cell is not EquationCell).GroupBy(spec => spec.Cell))
        {
            Assert.Equal(2, gated.Select(spec => spec.Loss).Distinct().Count());
            Assert.Equal(2, gated.Select(spec => spec.Outputs).Distinct().Count());
        }

        Assert.Contains(specs, spec => spec.Layers > 1);
        Assert.Contains(specs, spec => spec.Bidirectional);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryKindOfSlip_MovesAGradientAndNothingElse(string kind)
    {
        var made = SourceProgram.All
            .SelectMany(program => program.Slips.Where(slip => slip.Kind.Name == kind).Take(4).Select(slip => SlipCase.Create(program, [slip], seed: 5)))
            .First(made => made is not null)!;

        var right = made.Program.Run(seed: 5);
        Assert.Contains(right.Names, name => name.StartsWith('d') && !right.Get<double>(name).Span.SequenceEqual(made.Saved.Get<double>(name).Span));
        Assert.All(right.Names.Where(name => !name.StartsWith('d') && name != "meta"), name => Assert.Equal(right.Get<double>(name).Data, made.Saved.Get<double>(name).Data));
    }

    [Fact]
    public void ASlipOfTheCatalogue_IsExplained()
    {
        var program = Named("TanhRows");
        var slip = program.Slips.Single(slip => program.Describe(slip).EndsWith("dhNext = dz.Dot(Whh.T);  →  dhNext = dz.Dot(Whh);", StringComparison.Ordinal));
        var outcome = SlipBenchmark.Judge(SlipCase.Create(program, [slip], seed: 3)!);

        Assert.True(outcome is { Detected: true, Explained: true, Cell: "tanh" }, outcome.Answer);
        Assert.Equal("whh-not-transposed", outcome.Answer);
        Assert.Equal(["operand transposed"], outcome.Kinds);
    }

    [Fact]
    public void RightPrograms_AreNotAccused()
    {
        Assert.DoesNotContain(SlipBenchmark.Run(count: 16, slips: 0, cancellation: TestContext.Current.CancellationToken), outcome => outcome.Detected);
    }

    [Fact]
    public void Cases_AreTheSameForTheSameSeed()
    {
        Assert.Equal(SlipCase.Draw(4, slips: 2).ToString(), SlipCase.Draw(4, slips: 2).ToString());
        Assert.NotEqual(SlipCase.Draw(4, slips: 1).ToString(), SlipCase.Draw(5, slips: 1).ToString());
    }

    [Fact]
    public void ALoopThatDoesNotEnd_IsDiscarded()
    {
        var program = Named("CharacterColumns");
        var slip = program.Slips.First(slip => slip.Kind.Name == "loop cut short");
        var head = program.Slips.First(other => other.Statement == slip.Statement);
        var endless = slip with { Edit = new(head.Statement, "for (var t = 0; t >= 0; t -= 0)") };

        Assert.Null(program.Run(1, [endless]));
    }

    private static SourceProgram Named(string name) => SourceProgram.All.Single(program => program.Name == name);
}
