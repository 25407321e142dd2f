namespace Sluice.Translation.Support.Policies;

/// <summary>What is supported of one kind: places, each with all that is below it. Whatever is not named is not supported.</summary>
internal sealed class PolicyMarks
{
    private readonly List<FieldSupport> _marks = [];

    /// <summary>As they were named.</summary>
    public IReadOnlyList<FieldSupport> Marks => _marks;

    /// <param name="path">As "spec.rateLimit.local"; of places within each other, the longest counts.</param>
    /// <param name="notes">What there is to know; Markdown.</param>
    public PolicyMarks Supported(string path, string notes = "") => Add(path, SupportLevel.Supported, notes);

    /// <inheritdoc cref="Supported" />
    public PolicyMarks Refused(string path, string notes) => Add(path, SupportLevel.Refused, notes);

    /// <inheritdoc cref="Supported" />
    public PolicyMarks WithoutEffect(string path, string notes) => Add(path, SupportLevel.WithoutEffect, notes);

    /// <inheritdoc cref="Supported" />
    public PolicyMarks NotSupported(string path, string notes) => Add(path, SupportLevel.NotSupported, notes);

    /// <summary>What becomes of a field.</summary>
    public FieldSupport Of(string path)
    {
        var mark = _marks.Where(mark => Covers(mark.Path, path)).MaxBy(mark => mark.Path.Length);
        return new FieldSupport(path, mark?.Level ?? SupportLevel.NotSupported, mark?.Notes ?? "");
    }

    /// <summary>Whether a field is at a place, or below it.</summary>
    public static bool Covers(string place, string path) =>
        path.StartsWith(place, StringComparison.Ordinal) && (path.Length == place.Length || path[place.Length] is '.' or '[');

    private PolicyMarks Add(string path, SupportLevel level, string notes)
    {
        _marks.Add(new FieldSupport(path, level, notes));
        return this;
    }
}
