using System.Globalization;
using RnnCompare.Cells;
using RnnCompare.Experiments.Tasks;

namespace RnnCompare.Experiments.Training;

/// <summary>What a run needs in memory, estimated before anything is allocated.</summary>
/// <remarks>
/// Counted are the arrays that grow with T·B (what a step stores of every layer, its adjoints, inputs and outputs; libtorch's graph holds
/// about twice as much) and those that grow with H² (weights, gradients and optimizer memory), of every engine and of what is trained
/// beside them, and in float64 what the comparison of gradients holds. The truth lies within a factor of two or so.
/// </remarks>
internal static class MemoryNeed
{
    // Weights, gradients, and at most two arrays of an optimizer.
    private const double ArraysOfAWeight = 4;

    /// <summary>Makes sure that the machine can hold a run.</summary>
    /// <param name="config">The config.</param>
    /// <param name="cells">Its cells.</param>
    /// <param name="steps">T.</param>
    /// <param name="shape">What the task asks; null where it is not known yet, for the least that it can ask.</param>
    /// <param name="memory">The bytes there are; null for what this machine has.</param>
    /// <exception cref="InputException">An array would have more elements than an array can, or all of them do not fit into memory.</exception>
    public static void Require(ExperimentConfig config, IEnumerable<RecurrentCell> cells, int steps, TaskShape? shape, double? memory = null)
    {
        var (inputs, outputs) = (shape?.InputSize ?? 1, shape?.OutputSize ?? 1);
        var need = 0.0;
        foreach (var cell in cells)
        {
            need += Of(config, cell, steps, inputs, outputs);
        }

        var has = memory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (need > has)
        {
            throw new InputException($"the run needs {Size(need)}, this machine has {Size(has)}: lower {Remedy(config, steps)}.");
        }
    }

    private static double Of(ExperimentConfig config, RecurrentCell cell, int steps, int inputs, int outputs)
    {
        double directions = config.Bidirectional ? 2 : 1, H = config.HiddenSize, G = cell.Gates.Count, rows = (double)Math.Min(steps, Window(config, steps)) * config.BatchSize;
        RequireArray($"hiddenSize {config.HiddenSize} makes a weight", G * H * Math.Max(Math.Max(inputs, H), config.Layers > 1 ? directions * H : 0));
        RequireArray(
            string.Create(CultureInfo.InvariantCulture, $"sequenceLength {steps}, batchSize {config.BatchSize} and hiddenSize {config.HiddenSize} make an array"),
            rows * Math.Max(Math.Max(G * H, config.Layers * directions * H), Math.Max(inputs, outputs)));

        var weights = directions * ((G * H * (inputs + H)) + ((config.Layers - 1) * G * H * ((directions * H) + H))) + (directions * H * outputs);
        var stored = rows * ((config.Layers * directions * ((2 * G) + 3) * H) + inputs + (2 * outputs));
        var engines = config.EngineList;
        var (size, trained) = (config.Precision == "float64" ? 8 : 4, engines.Count + (engines.Count > 1 ? 2 : 0) + (config.FlowEvery > 0 ? 1 : 0));
        var torch = engines.Count(engine => engine is EngineFactory.Autograd or EngineFactory.Fused);
        return (size * ((trained * ArraysOfAWeight * weights) + ((trained + torch) * stored))) + (engines.Count > 1 ? 8 * 2 * (weights + stored) : 0);
    }

    private static void RequireArray(string what, double elements)
    {
        if (elements > Array.MaxLength)
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{what} of {elements:#,0} numbers, but an array holds at most {Array.MaxLength:#,0}."));
        }
    }

    // The steps that a truncated pass looks at.
    private static int Window(ExperimentConfig config, int steps)
    {
        return config.TruncationSteps == 0 ? steps : Math.Max(config.TruncationSteps, config.TruncationWindow);
    }

    // What makes it large: a batch, or the weights.
    private static string Remedy(ExperimentConfig config, int steps)
    {
        return (double)Math.Min(steps, Window(config, steps)) * config.BatchSize > config.HiddenSize ? "batchSize or sequenceLength" : "hiddenSize or layers";
    }

    private static string Size(double bytes)
    {
        return bytes >= 1 << 30 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 30):#,0.#} GB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):#,0.#} MB");
    }
}
