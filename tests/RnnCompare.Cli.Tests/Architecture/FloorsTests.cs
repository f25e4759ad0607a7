using System.Reflection;
using System.Text.RegularExpressions;
using RnnCompare.Cells;
using RnnCompare.Engines;
using RnnCompare.Models;
using RnnCompare.Numerics;

namespace RnnCompare.Cli.Tests.Architecture;

public partial class FloorsTests
{
    private static readonly string[] Tops = ["src", "experiments", "tests"];

    // Folders whose files continue the namespace of another project: users find the assertions in one place, whatever package brings them.
    private static readonly Dictionary<string, string> Roots = new()
    {
        ["Shared"] = "RnnCompare.Tests.Shared",
        ["RnnCompare.Torch.Testing"] = "RnnCompare.Testing",
        ["RnnCompare.Torch.Testing.Tests"] = "RnnCompare.Testing.Tests",
    };

    public static TheoryData<string> Projects { get; } = [.. Floors.All.Select(building => building.Project).Where(project => project != "RnnCompare.Testing")];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Rooms_UseOnlyWhatStandsBelow(string project)
    {
        var faults = Assembly.Load(project).GetTypes()
            .Where(type => type.Namespace?.StartsWith(nameof(RnnCompare), StringComparison.Ordinal) == true)
            .SelectMany(type => TypeUses.Of(type).Select(used => Floors.Fault(type, used)))
            .OfType<string>().Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Namespaces_AreTheFoldersOfTheirFiles()
    {
        var root = Root();
        foreach (var file in Tops.SelectMany(top => Directory.EnumerateFiles(Path.Combine(root, top), "*.cs", SearchOption.AllDirectories)))
        {
            var folders = Path.GetDirectoryName(Path.GetRelativePath(root, file))!.Split(Path.DirectorySeparatorChar);
            if (folders.Contains("Template"))
            {
                // The files of a project that is written for others: their folders become theirs.
                continue;
            }

            if (Roots.TryGetValue(folders.ElementAtOrDefault(1) ?? "", out var project))
            {
                folders[1] = project;
            }

            var expected = string.Join('.', folders[1..]);
            if (expected.StartsWith(nameof(RnnCompare), StringComparison.Ordinal) && Namespace().Match(File.ReadAllText(file)) is { Success: true } match)
            {
                Assert.True(match.Groups[1].Value == expected, $"{file}: the namespace is {match.Groups[1].Value}, but the folder says {expected}.");
            }
        }
    }

    [Fact]
    public void Fault_OfAnUpwardUse_SaysWhatToDo()
    {
        Assert.Null(Floors.Fault(typeof(RnnSpec), typeof(NdArray<>)));
        Assert.Equal(
            "RnnCompare.Cells.RnnCell uses RnnCompare.Models.RnnSpec, but RnnCompare.Cells stands below RnnCompare.Models. "
                + "Move what both need into RnnCompare.Cells or below it, or RnnCell up.",
            Floors.Fault(typeof(RnnCell), typeof(RnnSpec)));
        Assert.StartsWith("RnnCompare.Models.RnnSpec uses RnnCompare.Cli.CommandLine, but RnnCompare must not use RnnCompare.Cli.", Floors.Fault(typeof(RnnSpec), typeof(CommandLine)), StringComparison.Ordinal);
        Assert.StartsWith("RnnCompare.Cli.Tests.Architecture is not a known room.", Floors.Fault(typeof(FloorsTests), typeof(RnnSpec)), StringComparison.Ordinal);
    }

    [Fact]
    public void Uses_AreReadFromSignaturesAndFromCode()
    {
        var used = TypeUses.Of(typeof(Uses));
        Assert.Superset(new HashSet<Type> { typeof(RnnSpec), typeof(NdArray<>), typeof(CellTable), typeof(ManualEngine<>), typeof(RnnWeights<>) }, used.ToHashSet());
        Assert.DoesNotContain(typeof(RnnState<>), used);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RnnCompare.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside of the checkout.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"^namespace (RnnCompare[\w.]*);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    // Mentions one type in each of the places that are read, and one in none of them.
    private static class Uses
    {
        /// <summary>Unlike the others, <see cref="RnnState{T}"/> stands in a comment alone.</summary>
        public static NdArray<double>[]? Signature(RnnSpec? spec) => spec is null ? null : [];

        public static int Code()
        {
            using var engine = new ManualEngine<float>(new RnnWeights<float>(new RnnSpec { Cell = RnnCell.Tanh, InputSize = 1, HiddenSize = 1, OutputSize = 1 }));
            return CellTable.All.Count;
        }
    }
}
