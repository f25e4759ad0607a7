using System.Numerics;

namespace RnnCompare.Experiments.Training;

/// <summary>Follows how the weights of a group's engines part, at steps 1, 2, 5, 10, 20, 50, …</summary>
internal static class Parting
{
    /// <summary>Whether the distances are taken after a step.</summary>
    public static bool IsNoted(int step)
    {
        while (step % 10 == 0)
        {
            step /= 10;
        }

        return step is 1 or 2 or 5;
    }

    /// <summary>The distances as they are now; null for a lone engine.</summary>
    public static PartingPoint? Of<T>(EngineGroup<T> group, int step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (group.Twin is null)
        {
            return null;
        }

        var first = group.Contenders[0].Engine.ReadWeights();
        return new(step, [.. group.Contenders.Skip(1).Select(Distance)], Distance(group.Twin));

        double Distance(Contender<T> contender)
        {
            var (difference, norm) = (0.0, 0.0);
            foreach (var (a, b) in first.Tensors.Zip(contender.Engine.ReadWeights().Tensors))
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
}
