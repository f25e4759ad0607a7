using System.Numerics;

namespace RnnCompare.Experiments.Tasks;

/// <summary>What a task's row says of it.</summary>
/// <param name="Name">The word of the key <c>task</c>.</param>
/// <param name="Reads">Where its data come from.</param>
/// <param name="Forecasts">Whether its targets are what comes next, so that a network must not read from the end.</param>
/// <param name="IsOfSequenceLength">Whether its sequences have the steps that the config says.</param>
internal abstract record TaskRow(string Name, TaskData Reads, bool Forecasts = false, bool IsOfSequenceLength = true)
{
    /// <summary>Makes the task of a config.</summary>
    /// <param name="config">The config.</param>
    /// <param name="source">Where the data come from, for messages.</param>
    /// <exception cref="InputException">The data cannot be used, or does not suit the other values.</exception>
    public abstract ITask<T> Create<T>(ExperimentConfig config, string source)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>The text of the config's file; without one, of the shipped file.</summary>
    private protected static string Text(ExperimentConfig config, string shipped = "") =>
        config.Data.Length > 0 ? InputFile.ReadText(config.Data) : ShippedData.Read(shipped);
}

/// <summary>Where the data of a task come from.</summary>
internal enum TaskData
{
    /// <summary>Sequences are drawn.</summary>
    Nothing,

    /// <summary>A file that is part of the program, unless another is given.</summary>
    ShippedFile,

    /// <summary>A file that must be given.</summary>
    OwnFile,
}
