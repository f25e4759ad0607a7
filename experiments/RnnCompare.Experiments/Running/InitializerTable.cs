using System.Numerics;
using RnnCompare.Experiments.Configs;
using RnnCompare.Experiments.Tasks;
using RnnCompare.Models;

namespace RnnCompare.Experiments.Running;

/// <summary>The initialisers by name.</summary>
internal static class InitializerTable
{
    public static IReadOnlyList<string> Names { get; } = ["normal"];

    /// <summary>The first weights of a network: the same seed gives the same.</summary>
    public static RnnWeights<T> Weights<T>(ExperimentConfig config, RnnSpec spec)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = DrawSource.For(config.Seed, DrawSource.Purpose.Weights);
        var weights = new RnnWeights<T>(spec);
        foreach (var tensor in weights.Tensors.Where(tensor => tensor.Values.Rank == 2))
        {
            var draws = random.StandardNormal([.. tensor.Values.Shape]);
            for (var i = 0; i < draws.Length; i++)
            {
                tensor.Values.Data[i] = T.CreateChecked(draws.Data[i] * config.InitialScale);
            }
        }

        return weights;
    }
}
