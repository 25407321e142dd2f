namespace Sluice.Conformance;

/// <summary>Where a test comes from, which decides where it is counted.</summary>
internal enum TestOrigin
{
    /// <summary>The suite's release: counted in the report's profiles.</summary>
    Suite,

    /// <summary>The suite's next release: run and shown, not counted in the report.</summary>
    NextRelease,

    /// <summary>Ours: what a test of the suite says that cannot be run whole yet.</summary>
    Additional,
}
