using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Training;

/// <summary>Updates weights from gradients with the semantics of torch.optim, in torch.optim's order of operations.</summary>
/// <typeparam name="T">The precision.</typeparam>
public abstract class Optimizer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected Optimizer(double learningRate)
    {
        LearningRate = learningRate;
    }

    /// <summary>The step size of the steps that follow.</summary>
    public double LearningRate { get; set; }

    /// <summary>How many steps have been made, the current one included.</summary>
    protected int StepCount { get; private set; }

    /// <summary>Creates the optimizer of a spec.</summary>
    /// <param name="spec">Which optimizer.</param>
    /// <param name="network">The network whose weights it updates.</param>
    public static Optimizer<T> Create(OptimizerSpec spec, RnnSpec network)
    {
        return spec switch
        {
            SgdSpec sgd => new Sgd<T>(sgd, network),
            AdagradSpec adagrad => new Adagrad<T>(adagrad, network),
            _ => throw new ArgumentException($"{spec.GetType().Name} is no optimizer of the manual engine.", nameof(spec)),
        };
    }

    /// <summary>Makes one update in place.</summary>
    /// <param name="weights">The weights, overwritten.</param>
    /// <param name="gradients">Their gradients, left as they are.</param>
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

    /// <summary>Updates one tensor.</summary>
    /// <param name="tensor">Its number, by which the optimizer finds its state.</param>
    /// <param name="w">The weights, overwritten.</param>
    /// <param name="g">The gradients.</param>
    protected abstract void Update(int tensor, Span<T> w, ReadOnlySpan<T> g);
}
