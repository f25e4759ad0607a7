using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Probing;
using RnnCompare.Prototypes.Files;
using RnnCompare.Prototypes.Layouts;
using RnnCompare.Prototypes.Reading;

namespace RnnCompare.Experiments.Check;

/// <summary>A probe as a file that a prototype reads.</summary>
public static class ProbeFile
{
    /// <summary>Writes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="probe">The probe.</param>
    /// <param name="convention">The names and orders of the arrays.</param>
    /// <param name="precision">The type of the numbers.</param>
    /// <exception cref="InputException">The convention has no names for the network, or the file cannot be written.</exception>
    public static void Write(string path, Probe probe, Convention convention, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(probe);
        try
        {
            var writer = precision == Precision.Float32
                ? PrototypeWriter.Create(convention, probe.Weights.Convert<float>(), probe.Batch.Convert<double, float>())
                : PrototypeWriter.Create(convention, probe.Weights, probe.Batch);
            ArrayFile.Write(path, writer.Arrays);
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {PrototypeFile.Sentence(e)}", e);
        }
    }
}
