using System.Numerics;
using RnnCompare.Models;
using RnnCompare.Models.Initialization;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Training;

/// <summary>Where the weights of a config start.</summary>
internal static class InitialWeights
{
    /// <summary>The first weights of a network: those of the config's file, or the initializer's, of which the same seed gives the same.</summary>
    /// <exception cref="InputException">The file does not hold the weights of this network.</exception>
    public static RnnWeights<T> Create<T>(ExperimentConfig config, RnnSpec spec)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (config.Weights.Length > 0)
        {
            return Read<T>(config, spec);
        }

        var rules = InitializerTable.Named(config.Initializer);
        rules = rules with
        {
            Input = Scaled(rules.Input, config.InitialScale),
            Recurrent = Scaled(rules.Recurrent, config.InitialScale * config.RecurrentScale),
            Output = Scaled(rules.Output, config.InitialScale),
            Bias = Bias(rules.Bias),
            OutputBias = Bias(rules.OutputBias),

            // Cells without a forget gate may stand beside those that have one.
            ForgetBias = config.ForgetBias != 0 && spec.Cell.HasForgetBias ? config.ForgetBias : null,
        };
        try
        {
            return rules.Create<T>(spec, new Random(config.Seed));
        }
        catch (ArgumentException e)
        {
            throw new InputException($"initializer is {config.Initializer}, which cannot fill the weights of {spec.Cell.Name}: {e.Message.Split(" (Parameter", 2)[0]}", e);
        }

        MatrixInitializer Bias(MatrixInitializer own) => config.InitialBias > 0 ? new ConstantInitializer { Scale = config.InitialBias } : own;
    }

    private static RnnWeights<T> Read<T>(ExperimentConfig config, RnnSpec spec)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var arrays = InputFile.ReadArrays(config.Weights);
        try
        {
            return StateDict.Read<T>(arrays, spec);
        }
        catch (InvalidDataException e)
        {
            throw new InputException(e.Message, e);
        }
    }

    private static MatrixInitializer Scaled(MatrixInitializer rule, double factor) => rule with { Scale = rule.Scale * factor };
}
