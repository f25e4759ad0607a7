using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Training;

/// <summary>Follows how the weights of a group's engines move apart, at steps 1, 2, 5, 10, 20, 50, …</summary>
internal static class Separation
{
    /// <summary>Whether the distances are taken after a step.</summary>
    public static bool IsNoted(int step)
    {
        while (step > 0 && step % 10 == 0)
        {
            step /= 10;
        }

        return step is 1 or 2 or 5;
    }

    /// <summary>The distances as they are now.</summary>
    /// <param name="group">The engines, of which there are several.</param>
    /// <param name="step">How many steps they have made.</param>
    /// <param name="find">Finds, where the trajectories show nothing, what an engine does wrong in a step of its own; null for nothing.</param>
    public static SeparationPoint Of<T>(EngineGroup<T> group, int step, Func<string?> find)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var first = group.Contenders[0].Engine.ReadWeights();
        double[] distances = [.. group.Contenders.Skip(1).Select(contender => Distance(first, contender.Engine.ReadWeights()))];
        var perturbed = group.Copies.Max(copy => Distance(first, copy.ReadWeights()));
        if (SeparationPoint.Shows(distances, perturbed))
        {
            return new(step, distances, perturbed, Verdict.Agrees);
        }

        var finding = find();
        return new(step, distances, perturbed, finding is null ? Verdict.None : Verdict.Differs, finding);
    }

    /// <summary>‖b − a‖/‖a‖ over all weights.</summary>
    private static double Distance<T>(RnnWeights<T> first, RnnWeights<T> other)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var (difference, norm) = (0.0, 0.0);
        foreach (var (a, b) in first.Tensors.Zip(other.Tensors))
        {
            for (var i = 0; i < a.Values.Length; i++)
            {
                var (x, y) = (double.CreateChecked(a.Values.Data[i]), double.CreateChecked(b.Values.Data[i]));
                difference += (x - y) * (x - y);
                norm += x * x;
            }
        }

        return Math.Sqrt(difference / norm);
    }
}
