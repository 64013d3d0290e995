/** The element id of the details panel, which rows name as what they control. There is at most one panel. */
export const detailsId = 'registry-details';
