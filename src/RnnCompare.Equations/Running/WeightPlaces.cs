using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Equations.Running;

/// <summary>Where the weights of a cell lie among the tensors of a layer.</summary>
public static class WeightPlaces
{
    /// <summary>The tensor in which a weight lies, and its first element there.</summary>
    /// <param name="equations">The cell.</param>
    /// <param name="weight">The weight's name.</param>
    /// <param name="letters">What every letter of a length stands for.</param>
    public static (string Tensor, int Offset) PlaceOf(this CellEquations equations, string weight, IReadOnlyDictionary<string, int> letters)
    {
        ArgumentNullException.ThrowIfNull(equations);
        var stack = equations.Stacks.FirstOrDefault(stack => stack.Parts.Contains(weight));
        var above = stack?.Parts.TakeWhile(part => part != weight).Sum(part => equations.Weights.First(other => other.Name == part).Length(letters)) ?? 0;
        return (stack?.Name ?? weight, above);
    }

    /// <summary>The elements of a weight.</summary>
    public static int Length(this CellWeight weight, IReadOnlyDictionary<string, int> letters)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return weight.Shape.Axes.Aggregate(1, (size, axis) => size * axis.Evaluate(letters));
    }

    /// <summary>Tells memory where the weights of a layer are, or their gradients.</summary>
    /// <param name="equations">The cell.</param>
    /// <param name="memory">The memory.</param>
    /// <param name="tensors">The layer's tensors.</param>
    /// <param name="nameOf">The name in memory of what belongs to a weight: its own, or that of its gradient.</param>
    /// <typeparam name="T">The precision.</typeparam>
    public static void PlaceWeights<T>(this CellEquations equations, StepMemory<T> memory, LayerWeights<T> tensors, Func<string, string> nameOf)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(equations);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(nameOf);
        foreach (var (name, tensor, offset) in equations.PlacesIn(memory.Letters))
        {
            memory.Place(nameOf(name), tensors[tensor].Data, offset);
        }
    }

    /// <summary>Every weight, with the tensor in which it lies and its first element there.</summary>
    internal static IEnumerable<(string Name, string Tensor, int Offset)> PlacesIn(this CellEquations equations, IReadOnlyDictionary<string, int> letters)
    {
        foreach (var weight in equations.Weights)
        {
            var (tensor, offset) = equations.PlaceOf(weight.Name, letters);
            yield return (weight.Name, tensor, offset);
        }
    }
}
