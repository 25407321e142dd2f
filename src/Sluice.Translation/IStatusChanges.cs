using Sluice.Resources;

namespace Sluice.Translation;

/// <summary>Statuses by object that may know how they differ from others of the same kind: one in thousands changes at a time.</summary>
public interface IStatusChanges
{
    /// <summary>Objects whose status may be another, or which have none any more; null when that is not known.</summary>
    /// <param name="before">Statuses of a result before.</param>
    IReadOnlyCollection<NamespacedName>? Since(object before);
}
