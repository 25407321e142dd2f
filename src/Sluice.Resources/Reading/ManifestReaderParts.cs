using Sluice.Resources.Reading.Binding;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Reading.Text;

namespace Sluice.Resources.Reading;

/// <summary>What a <see cref="ManifestReader"/> uses again for every file.</summary>
internal sealed class ManifestReaderParts
{
    /// <summary>Slots of the string table: 64 KiB, enough for the names of some thousand objects that refer to each other.</summary>
    private const int SharedStrings = 8192;

    public ManifestReaderParts(ManifestLimits limits)
    {
        Limits = limits;
        Builder = new TreeBuilder(Tree, limits);
        Binder = new ObjectBinder(new BindingContext(Strings));
    }

    public ManifestLimits Limits { get; }

    public StringPool Strings { get; } = new(SharedStrings);

    public ManifestTree Tree { get; } = new();

    public TreeBuilder Builder { get; }

    public ObjectBinder Binder { get; }
}
