using RnnCompare.Models;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Migration;

/// <summary>What a prototype has and trains: its biases, and an output layer. What it has not is no parameter of the model where the modules can be without, and otherwise stays zero.</summary>
/// <param name="Recurrent">Whether any recurrent layer has a bias.</param>
/// <param name="Candidate">Whether a GRU's candidate has a bias inside the reset product.</param>
/// <param name="Output">Whether the output layer has one.</param>
/// <param name="ReadOut">Whether there is an output layer; otherwise the states are the outputs.</param>
internal sealed record TrainedParts(bool Recurrent, bool Candidate, bool Output, bool ReadOut)
{
    /// <summary>Those of a prototype. What a loop over equations computes has every weight that stands there.</summary>
    public static TrainedParts Of(SavedPrototype saved)
    {
        var tensors = saved.Weights.Tensors.Select(tensor => tensor.Name).Where(saved.Has).Select(name => name.Split('.')[0]).ToHashSet();
        var second = saved.Given.Any(array => array.Tensor.StartsWith(SecondBias.Name, StringComparison.Ordinal));
        return new(MigratedCell.Of(saved.Spec.Cell).Equations is not null || second || tensors.Contains(TensorNames.Bh) || tensors.Contains(TensorNames.Bhn), tensors.Contains(TensorNames.Bhn), tensors.Contains(TensorNames.By) && saved.Upstream is null, saved.Upstream is null);
    }

    /// <summary>Whether a tensor of the network (canonical, with or without layer and direction) is a parameter that is trained.</summary>
    public bool Trains(string tensor) => tensor.Split('.')[0] switch
    {
        TensorNames.Bh => Recurrent,
        TensorNames.Bhn => Candidate,
        TensorNames.By => Output,
        TensorNames.Why => ReadOut,
        _ => true,
    };

    /// <summary>Whether the model has a parameter for a tensor (canonical). A candidate's bias is part of a second bias, which is there with the first.</summary>
    public bool HasParameter(string tensor) => tensor switch
    {
        TensorNames.Bh or TensorNames.Bhn or SecondBias.Name => Recurrent,
        TensorNames.By => Output,
        TensorNames.Why => ReadOut,
        _ => true,
    };
}
