
namespace RnnCompare.Experiments.Training;

/// <summary>Sets up experiments.</summary>
public static class Experiment
{
    /// <summary>Reads the data of a config and creates its engines.</summary>
    /// <exception cref="InputException">The config and its data cannot be used.</exception>
    public static IExperiment Prepare(ExperimentConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return config.Precision == "float64" ? PreparedExperiment<double>.Create(config) : PreparedExperiment<float>.Create(config);
    }
}
