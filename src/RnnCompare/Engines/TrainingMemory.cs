using System.Numerics;
using RnnCompare.Models;

namespace RnnCompare.Engines;

/// <summary>What training has come to: all that the next step depends on besides its batch and the learning rate.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="Steps">The updates that were made.</param>
/// <param name="Optimizer">What the optimizer keeps for every weight, under the names of torch.optim: <c>exp_avg</c>, <c>momentum_buffer</c>, …</param>
/// <typeparam name="T">The precision.</typeparam>
/// <remarks>It says nothing of the engine that it comes from: another engine may go on from it.</remarks>
public sealed record TrainingMemory<T>(RnnWeights<T> Weights, int Steps, IReadOnlyDictionary<string, RnnWeights<T>> Optimizer)
    where T : unmanaged, IFloatingPointIeee754<T>;
