namespace Sluice.Resources.Reading;

/// <summary>What a <see cref="ManifestFile"/> remembers of one document: its text's hash, and where its results end in the file's lists.</summary>
internal struct DocumentEntry
{
    public UInt128 Hash;
    public int FirstLine;
    public int ObjectEnd;
    public int DiagnosticEnd;
    public int FailedEnd;

    /// <summary>The text could not be parsed.</summary>
    public bool IsBroken;
}
