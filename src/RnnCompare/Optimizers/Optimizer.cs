using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Optimizers;

/// <summary>Updates weights from gradients with the semantics of torch.optim, in torch.optim's order of operations.</summary>
/// <typeparam name="T">The precision. Constants are combined in double precision and rounded to it once, as torch does.</typeparam>
public abstract class Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected Optimizer(OptimizerSpec spec)
    {
        LearningRate = spec.LearningRate;
    }

    /// <summary>The step size of the steps that follow; not negative.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
    public double LearningRate { get; set => field = ArgumentChecks.NotNegative(value); }

    /// <summary>How many steps have been made, the current one included.</summary>
    public int StepCount { get; private set; }

    /// <summary>What the optimizer keeps for every weight, under the names of torch.optim.</summary>
    public abstract IEnumerable<(string Name, RnnWeights<T> Values)> Memory { get; }

    /// <summary>Creates the optimizer of a spec.</summary>
    /// <param name="spec">Which optimizer.</param>
    /// <param name="network">The network whose weights it updates.</param>
    /// <exception cref="ArgumentException">The constants of the spec do not fit each other.</exception>
    public static Optimizer<T> Create(OptimizerSpec spec, RnnSpec network)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Require();
        return spec.CreateOptimizer<T>(network);
    }

    /// <summary>Makes one update in place.</summary>
    /// <param name="weights">The weights, overwritten.</param>
    /// <param name="gradients">Their gradients, left as they are.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public void Step(RnnWeights<T> weights, RnnWeights<T> gradients)
    {
        ArgumentNullException.ThrowIfNull(weights);
        weights.RequireSameShapes(gradients);
        StepCount++;
        for (var i = 0; i < weights.Tensors.Count; i++)
        {
            Update(i, weights.Tensors[i].Values.Span, gradients.Tensors[i].Values.Span);
        }
    }

    /// <summary>Goes on where another optimizer of the same kind was.</summary>
    /// <param name="steps">The steps that it had made.</param>
    /// <param name="memory">Its <see cref="Memory"/>.</param>
    /// <exception cref="ArgumentException">That is the memory of another kind.</exception>
    public void Restore(int steps, IReadOnlyDictionary<string, RnnWeights<T>> memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        foreach (var (name, values) in Memory)
        {
            // Before the first step nothing need have been kept yet.
            if (steps == 0 && !memory.ContainsKey(name))
            {
                continue;
            }

            values.CopyFrom(memory.GetValueOrDefault(name) ?? throw new ArgumentException($"The memory of the optimizer has no {name}; it has {string.Join(", ", memory.Keys)}.", nameof(memory)));
        }

        StepCount = steps;
    }

    /// <summary>Updates one tensor in one pass over its elements.</summary>
    /// <param name="tensor">Its number, by which the optimizer finds its state.</param>
    /// <param name="w">The weights, overwritten.</param>
    /// <param name="g">The gradients, of the same length.</param>
    private protected abstract void Update(int tensor, Span<T> w, ReadOnlySpan<T> g);

    /// <summary>What the optimizer keeps for a tensor; empty where it keeps nothing of the kind.</summary>
    private protected static Span<T> StateOf(RnnWeights<T>? state, int tensor) => state is null ? default : state.Tensors[tensor].Values.Span;

    /// <summary>A constant of the spec in the precision of the weights.</summary>
    private protected static T Round(double constant) => T.CreateTruncating(constant);
}
