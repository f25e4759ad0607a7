using System.Globalization;

namespace RnnCompare.Experiments.Configs;

/// <summary>A value as it was given, not yet understood.</summary>
/// <param name="Text">The text, for strings without quotes.</param>
/// <param name="Kind">What it looked like.</param>
/// <param name="Where">Where it stands, for messages: a file and a line, or an option.</param>
/// <param name="Folder">The folder that relative paths start from.</param>
public readonly record struct ConfigValue(string Text, ConfigValueKind Kind, string Where, string Folder)
{
    /// <summary>The value as it stands in messages.</summary>
    public string Shown => Kind == ConfigValueKind.Text ? $"\"{Text}\"" : Text;

    /// <summary>The value as a whole number, or null.</summary>
    public long? AsWhole
    {
        get
        {
            return Kind is ConfigValueKind.Bare or ConfigValueKind.Number
                && long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
        }
    }

    /// <summary>The value as a finite number, or null.</summary>
    public double? AsNumber
    {
        get
        {
            return Kind is ConfigValueKind.Bare or ConfigValueKind.Number
                && double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                && double.IsFinite(value) ? value : null;
        }
    }

    /// <summary>The value as text, or null.</summary>
    public string? AsText => Kind is ConfigValueKind.Bare or ConfigValueKind.Text ? Text : null;

    /// <summary>The value as true or false, or null.</summary>
    public bool? AsSwitch => Kind is ConfigValueKind.Bare or ConfigValueKind.Switch && bool.TryParse(Text, out var value) ? value : null;
}
