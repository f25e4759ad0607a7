namespace RnnCompare.Experiments.Configs;

/// <summary>The configs that are part of the program: those of <c>experiments/configs</c>, by their names.</summary>
public static class ShippedConfigs
{
    private const string Folder = "configs/";
    private const string Extension = ".json";

    /// <summary>The names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ShippedConfigs).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The values of the config that the user named.</summary>
    /// <param name="nameOrPath">A path, or the name of a shipped config; a file of that name comes first.</param>
    /// <exception cref="InputException">There is neither; or the file cannot be used.</exception>
    public static IReadOnlyCollection<GivenValue> ReadValues(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        if (Path.Exists(nameOrPath) || Path.GetFileName(nameOrPath).Contains('.', StringComparison.Ordinal) || Path.GetFileName(nameOrPath) != nameOrPath)
        {
            return ConfigFile.ReadValues(nameOrPath);
        }

        return Names.Contains(nameOrPath)
            ? ConfigFile.Parse(ShippedData.ReadBytes(Folder + nameOrPath + Extension), nameOrPath, Environment.CurrentDirectory)
            : throw new InputException($"{nameOrPath}: there is no such file, and no such config in the program; the nearest is '{NearestName.Of(nameOrPath, Names)}'.");
    }
}
