using RnnCompare.Cells;
using RnnCompare.Checking.Edits;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Tests.Shared;

namespace RnnCompare.Checking.Tests.Edits;

/// <summary>The edits of every cell that is shipped: whatever is offered can be computed.</summary>
public class ProgramEditsTests
{
    public static TheoryData<string> Cells =>
    [
        .. BuiltInCells.Names,
        .. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "experiments", "cells"), "*.cell").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal),
    ];

    // Sizes that are equal let the most values stand in for each other.
    [Theory]
    [MemberData(nameof(Cells))]
    public void EveryEdit_CanBeRun(string cell)
    {
        var path = Path.Combine(Checkout.Root, "experiments", "cells", cell + ".cell");
        RecurrentCell own = File.Exists(path) ? new EquationCell(CellEquations.Parse(File.ReadAllText(path))) : CellTable.All.Single(other => other.Name == cell);
        var spec = new RnnSpec { Cell = own, InputSize = 4, HiddenSize = 4, OutputSize = 4 };
        var (weights, batch) = (Samples.Weights<double>(spec, 3), Samples.Batch<double>(spec, steps: 2, batchSize: 2, seed: 4));
        var pass = new EditedPass<double>(weights, batch);
        var count = 0;
        var edits = new ProgramEdits(EquationCell.EquationsOf(own), layer => new(pass.Letters(layer), Steps: 2, BatchSize: 2));
        foreach (var edit in edits.OfForward(pass.Programs))
        {
            using var engine = new EquationsEngine<double>(weights, programs: edit.Apply(pass.Programs));
            var failure = Record.Exception(() => engine.Gradients(batch));
            Assert.True(failure is null, $"{cell}: forward, {edit.Kind}, {edit.Wrong}: {failure?.Message}");
        }

        foreach (var edit in edits.Of(pass.Programs))
        {
            var failure = Record.Exception(() => pass.Run(edit.Apply(pass.Programs)));
            Assert.True(failure is null, $"{cell}: {edit.Kind}, {string.Join(" / ", edit.Parts)}: {failure?.Message}");
            count++;
        }

        Assert.True(count > 200, $"{cell} has {count} edits");
    }
}
