using RnnCompare.Cells;
using RnnCompare.Models;

namespace RnnCompare.Tests.Shared;

/// <summary>Networks of every cell that between them have every depth, direction, loss, output mode, reduction and kind of input.</summary>
public static class SampleNetworks
{
    public static TheoryData<string, int, bool, OutputMode, LossKind, Reduction, bool, bool> All()
    {
        var data = new TheoryData<string, int, bool, OutputMode, LossKind, Reduction, bool, bool>();
        foreach (var cell in CellTable.All)
        {
            data.Add(cell.Name, 1, false, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Mean, false, false);
            data.Add(cell.Name, 1, false, OutputMode.LastStep, LossKind.SquaredError, Reduction.Sum, false, true);
            data.Add(cell.Name, 2, false, OutputMode.EveryStep, LossKind.SquaredError, Reduction.Mean, true, true);
            data.Add(cell.Name, 2, true, OutputMode.LastStep, LossKind.CrossEntropy, Reduction.Sum, false, true);
            data.Add(cell.Name, 3, true, OutputMode.EveryStep, LossKind.CrossEntropy, Reduction.Mean, true, true);
        }

        return data;
    }

    public static RnnSpec Spec(string cell, int layers, bool bidirectional, OutputMode outputs, LossKind loss, Reduction reduction)
    {
        return new()
        {
            Cell = CellTable.Named(cell),
            InputSize = 4,
            HiddenSize = 7,
            OutputSize = 2,
            Layers = layers,
            Bidirectional = bidirectional,
            Outputs = outputs,
            Loss = loss,
            Reduction = reduction,
        };
    }
}
