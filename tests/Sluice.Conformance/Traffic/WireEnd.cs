namespace Sluice.Conformance.Traffic;

/// <summary>How the other side ended a connection, if it did.</summary>
internal enum WireEnd
{
    /// <summary>It has not.</summary>
    None,

    Fin,

    Reset,
}
