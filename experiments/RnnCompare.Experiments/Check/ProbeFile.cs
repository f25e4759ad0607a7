using System.Numerics;
using RnnCompare.Checking.Comparison;
using RnnCompare.Checking.Probing;
using RnnCompare.Data;
using RnnCompare.Equations;
using RnnCompare.Models;
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
    /// <param name="convention">The names and orders of the arrays; those of a cell of equations are the equations' own.</param>
    /// <param name="precision">The type of the numbers.</param>
    /// <exception cref="InputException">The convention has no names for the network, or the file cannot be written.</exception>
    public static void Write(string path, Probe probe, Convention convention, Precision precision)
    {
        ArgumentNullException.ThrowIfNull(probe);
        try
        {
            ArrayFile.Write(path, precision == Precision.Float32 ? Arrays(convention, probe.Weights.Convert<float>(), probe.Batch.Convert<double, float>()) : Arrays(convention, probe.Weights, probe.Batch));
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: {PrototypeFile.Sentence(e)}", e);
        }
    }

    private static NamedArrays Arrays<T>(Convention convention, RnnWeights<T> weights, SequenceBatch<T> batch)
        where T : unmanaged, INumber<T>
    {
        return weights.Spec.Cell is EquationCell ? EquationWriter.Create(weights, batch).Arrays : PrototypeWriter.Create(convention, weights, batch).Arrays;
    }
}
