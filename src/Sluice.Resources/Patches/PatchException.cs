namespace Sluice.Resources.Patches;

/// <summary>A patch that cannot be read or does not fit what it is applied to. The message names the place and what would be right.</summary>
public sealed class PatchException : Exception
{
    private PatchException(string path, string message, bool isMalformed)
        : base(message)
    {
        Path = path;
        IsMalformed = isMalformed;
    }

    /// <summary>
    /// The place: a JSON Pointer as the patch has it for JSON Patch, a field path ("spec.ports[0].port", "" for the whole) for
    /// the others.
    /// </summary>
    public string Path { get; }

    /// <summary>
    /// True when no object could ever take this patch (HTTP: 400 Bad Request); false when it does not fit this object, or goes
    /// beyond a limit (HTTP: 422 Unprocessable Entity).
    /// </summary>
    public bool IsMalformed { get; }

    internal static PatchException Malformed(string path, string message) => new(path, message, isMalformed: true);

    internal static PatchException Unfit(string path, string message) => new(path, message, isMalformed: false);
}
