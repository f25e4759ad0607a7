using System.Numerics;
using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Equations;
using RnnCompare.Models;
using RnnCompare.Optimizers;
using RnnCompare.Torch;

namespace RnnCompare.Experiments;

/// <summary>The engines by name.</summary>
public static class EngineFactory
{
    /// <summary>The engine written by hand.</summary>
    public const string Manual = "manual";

    /// <summary>The same equations, differentiated by TorchSharp.</summary>
    public const string Autograd = "autograd";

    /// <summary>TorchSharp's fused layers.</summary>
    public const string Fused = "fused";

    /// <summary>The cell's equations, and the backward pass that follows from them.</summary>
    public const string Equations = "equations";

    /// <summary>Every engine, in the order of tables.</summary>
    public static IReadOnlyList<string> Names { get; } = [Manual, Autograd, Fused, Equations];

    /// <summary>The engine of this project that a cell has: the one written by hand, or that of its equations.</summary>
    public static string OwnOf(RecurrentCell cell) => cell is HandWrittenCell ? Manual : Equations;

    /// <summary>The engines of a list for a cell. Of a cell from a file, that of its equations stands in for the one written by hand, and there is no fused layer.</summary>
    /// <param name="engines">A config's engines.</param>
    /// <param name="cell">The cell.</param>
    /// <exception cref="InputException">No engine of the list has the cell.</exception>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> engines, RecurrentCell cell)
    {
        ArgumentNullException.ThrowIfNull(engines);
        if (cell is not EquationCell)
        {
            return engines;
        }

        string[] own = [.. engines.Select(name => name == Manual ? Equations : name).Where(name => name != Fused).Distinct()];
        return own.Length > 0 ? own : throw new InputException($"engines is {string.Join(',', engines)}, but a cell from a file has the engines {Equations} and {Autograd}.");
    }

    /// <summary>Creates an engine with a copy of the weights.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="weights">The first weights, and with them the network.</param>
    /// <param name="training">How training steps update; null for plain SGD.</param>
    /// <param name="threads">The threads of the engines in C#; those of libtorch belong to the process.</param>
    /// <exception cref="InputException">The engine does not have the network's cell.</exception>
    /// <exception cref="TorchUnavailableException">The engine needs TorchSharp's library, which cannot be loaded.</exception>
    public static IResumableEngine<T> Create<T>(string name, RnnWeights<T> weights, TrainingOptions? training = null, int threads = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (name != Manual)
        {
            TorchLibrary.Require();
        }

        try
        {
            return name switch
            {
                Manual => new ManualEngine<T>(weights, training, threads),
                Autograd => new AutogradEngine<T>(weights, training),
                Equations => new EquationsEngine<T>(weights, training, threads),
                Fused => new FusedEngine<T>(weights, training),
                _ => throw new ArgumentException($"Unknown engine '{name}'; known: {string.Join(", ", Names)}.", nameof(name)),
            };
        }
        catch (NotSupportedException e)
        {
            throw new InputException($"engines: {e.Message}", e);
        }
    }
}
