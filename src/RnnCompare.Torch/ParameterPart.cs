using TorchSharp.Modules;
using static TorchSharp.torch;

namespace RnnCompare.Torch;

/// <summary>Where a tensor of <see cref="Models.RnnWeights{T}"/> lies in a module: some rows of a parameter.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Start">The first row.</param>
/// <param name="Rows">The number of rows.</param>
internal readonly record struct ParameterPart(Parameter Parameter, long Start, long Rows)
{
    public ParameterPart(Parameter parameter)
        : this(parameter, 0, parameter.shape[0])
    {
    }

    /// <summary>The part's values.</summary>
    public Tensor Values => Parameter.narrow(0, Start, Rows);

    /// <summary>The part's gradient; null where the parameter has none.</summary>
    public Tensor? Gradient => Parameter.grad?.narrow(0, Start, Rows);
}
