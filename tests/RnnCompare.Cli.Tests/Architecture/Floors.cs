namespace RnnCompare.Cli.Tests.Architecture;

/// <summary>
/// The floors of the house. A project uses those that stand above it in the list and that its row names; inside a project, a room uses
/// the rooms named before it. Nothing uses what comes later, so there are no circles.
/// </summary>
internal static class Floors
{
    public static IReadOnlyList<Building> All { get; } =
    [
        new("RnnCompare", [], ["", "Numerics.Lanes", "Numerics", "Numerics.Products", "Numerics.RandomNumbers", "Cells", "Models", "Models.Initialization", "Data", "Bptt", "Optimizers", "Engines", "Truncation"]),
        new("RnnCompare.Equations", ["RnnCompare"], []),
        new("RnnCompare.Prototypes", ["RnnCompare", "RnnCompare.Equations"], ["Files", "Layouts", "Reading"]),
        new("RnnCompare.Torch", ["RnnCompare", "RnnCompare.Equations"], ["Cells", "", "HandWriting"]),
        new("RnnCompare.Checking", ["RnnCompare", "RnnCompare.Equations"], []),
        new("RnnCompare.Testing", ["RnnCompare", "RnnCompare.Torch", "RnnCompare.Checking"], ["Functions", "", "HandWriting"]),
        new("RnnCompare.Experiments", ["RnnCompare", "RnnCompare.Equations", "RnnCompare.Prototypes", "RnnCompare.Torch", "RnnCompare.Checking"], ["", "Tasks.OwnData", "Tasks", "Flow", "Training", "Examples", "Configs", "Flow.Sweeps", "Speed", "Results.Seeds", "Results.TensorBoard", "Report.Charts", "Results.Reading", "Report.Sections", "Report", "Report.Export", "Results", "Check", "OnnxModels", "Slips", "Migration", "Verify"]),
        new("RnnCompare.View", ["RnnCompare.Experiments"], []),
        new("RnnCompare.Cli", ["RnnCompare", "RnnCompare.Equations", "RnnCompare.Prototypes", "RnnCompare.Torch", "RnnCompare.Checking", "RnnCompare.Experiments", "RnnCompare.View"], ["Display", "Commands", ""]),
    ];

    /// <summary>What is wrong with one type's use of another, and what to do about it; null where the use goes down.</summary>
    public static string? Fault(Type user, Type used) => Fault(All, user, used);

    /// <inheritdoc cref="Fault(Type, Type)"/>
    public static string? Fault(IReadOnlyList<Building> buildings, Type user, Type used)
    {
        (user, used) = (Outermost(user), Outermost(used));
        if (Find(buildings, user) is not { } from || Find(buildings, used) is not { } to)
        {
            var stranger = Find(buildings, user) is null ? user : used;
            return $"{stranger.Namespace} is not a known room. Give it a place in {nameof(Floors)}.cs (what does it use, and who uses it?) and a line in docs/architecture.md.";
        }

        if (from.Building == to.Building)
        {
            return from.Room >= to.Room ? null
                : $"{user.FullName} uses {used.FullName}, but {user.Namespace} stands below {used.Namespace}. Move what both need into {user.Namespace} or below it, or {user.Name} up.";
        }

        return from.Building.Uses.Contains(to.Building.Project) ? null
            : $"{user.FullName} uses {used.FullName}, but {from.Building.Project} must not use {to.Building.Project}. Hand in what it needs through an interface of a project that both use.";
    }

    // A lambda's or iterator's class has a name that nobody wrote: its owner is named in its place.
    private static Type Outermost(Type type) => type.DeclaringType is { } owner ? Outermost(owner) : type;

    private static (Building Building, int Room)? Find(IReadOnlyList<Building> buildings, Type type)
    {
        var building = buildings.Where(building => type.Namespace == building.Project || type.Namespace!.StartsWith(building.Project + ".", StringComparison.Ordinal)).MaxBy(building => building.Project.Length);
        if (building is null)
        {
            return null;
        }

        if (building.Rooms.Count == 0)
        {
            return (building, 0);
        }

        var room = building.Rooms.ToList().IndexOf(type.Namespace![building.Project.Length..].TrimStart('.'));
        return room < 0 ? null : (building, room);
    }
}

/// <summary>A project and its rooms.</summary>
/// <param name="Project">The project's name, with which its namespaces begin.</param>
/// <param name="Uses">The projects that it may use.</param>
/// <param name="Rooms">Its namespaces from the ground up, without the project's name; none where they are not ordered.</param>
internal sealed record Building(string Project, IReadOnlyList<string> Uses, IReadOnlyList<string> Rooms);
