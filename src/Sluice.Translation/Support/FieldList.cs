namespace Sluice.Translation.Support;

/// <summary>Collects fields: names below one path, separated by spaces.</summary>
internal sealed class FieldList
{
    private readonly List<FieldSupport> _fields = [];

    public IReadOnlyList<FieldSupport> Fields => _fields;

    public FieldList Supported(string path, string names, string notes = "") => Add(SupportLevel.Supported, path, names, notes);

    public FieldList Refused(string path, string names, string notes) => Add(SupportLevel.Refused, path, names, notes);

    public FieldList WithoutEffect(string path, string names, string notes) => Add(SupportLevel.WithoutEffect, path, names, notes);

    public FieldList Add(SupportLevel level, string path, string names, string notes)
    {
        foreach (var name in names.Split(' '))
            _fields.Add(new FieldSupport($"{path}.{name}", level, notes));
        return this;
    }
}
