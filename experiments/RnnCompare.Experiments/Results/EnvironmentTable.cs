using RnnCompare.Torch;

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
            rows.Add(["TorchSharp", torch.TorchSharpVersion]);
            rows.Add(["libtorch", torch.LibTorchVersion]);
            rows.Add(["threads of libtorch", $"{torch.Threads}"]);
        }

        else if (TorchLibrary.Problem is { } problem)
        {
            rows.Add(["TorchSharp", problem]);
        }

        rows.AddRange(TorchEnvironment.KernelVariables.Select(variable => new[] { "environment variable", variable }));
        return new("What figures are measured on", ["fact", "value"], rows, []) { IsText = true };
    }
}
