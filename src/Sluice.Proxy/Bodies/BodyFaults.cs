namespace Sluice.Proxy.Bodies;

/// <summary>Names of <see cref="BodyFault"/> in metrics.</summary>
internal static class BodyFaults
{
    public static string Name(BodyFault fault) => fault switch
    {
        BodyFault.None => "none",
        BodyFault.TooLarge => "too large",
        BodyFault.Malformed => "malformed",
        BodyFault.NoMemory => "memory",
        _ => "transformation",
    };
}
