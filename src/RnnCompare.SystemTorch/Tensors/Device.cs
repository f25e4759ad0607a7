namespace TorchSharp;

/// <summary>Kinds of devices; the operating system's libtorch is built for the CPU alone.</summary>
public enum DeviceType
{
    CPU = 0,
}

public static partial class torch
{
    public static readonly Device CPU = new();

    /// <summary>Where a tensor lives. There is one value, so a parameter of this type changes nothing.</summary>
    public class Device
    {
        internal Device()
        {
        }

        public DeviceType type => DeviceType.CPU;

        public int index => -1;

        public override string ToString() => "cpu";
    }
}
