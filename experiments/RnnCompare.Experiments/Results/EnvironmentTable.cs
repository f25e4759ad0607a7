using RnnCompare.Experiments.Running;

namespace RnnCompare.Experiments.Results;

/// <summary>The table of what figures are measured on.</summary>
public static class EnvironmentTable
{
    /// <summary>A row for each fact.</summary>
    public static ReportTable Of(RunEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var rows = new List<IReadOnlyList<string>>
        {
            new[] { "processor", environment.Processor },
            new[] { "vector instructions", environment.VectorInstructions },
            new[] { "runtime", environment.Runtime },
        };
        if (environment.Torch is { } torch)
        {
            rows.Add(["TorchSharp from", torch.Provider]);
            rows.Add(["libtorch", torch.LibTorchVersion]);
            rows.Add(["library", torch.Library]);
            rows.Add(["BLAS", torch.Blas]);
            rows.Add(["threads of libtorch", $"{torch.Threads}"]);
        }

        return new("What figures are measured on", ["fact", "value"], rows, []) { IsText = true };
    }
}
