"""A form of KoboToolbox's builder: a rating, two rankings and a matrix, in English, French and Arabic."""

from __future__ import annotations

from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import read_xlsform

_FORM = """
| survey |
| | type | name | label::en | label::fr | label::ar | kobo--score-choices | kobo--rank-items | OTHERS |
| | begin_score | rate | How good are they? | Sont-ils bons? | هل هي جيدة؟ | sat | | | | | |
| | score__row | food | Food bank | Banque alimentaire | بنك الطعام | | | | | | |
| | score__row | hall | City hall | Mairie | البلدية | | | | | | |
| | end_score |
| | begin_rank | top | Needed most? | De quoi? | ما الأهم؟ | | needs | Only once. | Une fois. | | | |
| | rank__level | n1 | First need | Premier besoin | الأولى | | | | | | | |
| | rank__level | n2 | Second need | Deuxième besoin | الثانية | | | | | | | |
| | end_rank |
| | begin_rank | order | Put in order | Mettez en ordre | رتّبها | | needs | | | | | |
| | rank__level | o1 | 1st | 1er | 1 | | | | | | | |
| | rank__level | o2 | 2nd | 2e | 2 | | | | | | | |
| | rank__level | o3 | 3rd | 3e | 3 | | | | | | | |
| | end_rank |
| | begin_kobomatrix | home | At home | À la maison | في المنزل | | | | | things | | |
| | select_one yn | own | Do you own one? | En avez-vous? | هل تملكه؟ | | | | | | yes | |
| | integer | many | How many? | Combien? | كم؟ | | | | | | | ${own} = 'yes' |
| | end_kobomatrix |
| choices |
| | list_name | name | label::en | label::fr | label::ar |
| | sat | bad | Bad | Mauvais | سيئ |
| | sat | good | Good | Bon | جيد |
| | needs | work | Work | Emploi | العمل |
| | needs | rent | Housing | Logement | السكن |
| | needs | lang | Classes | Cours | الدروس |
| | things | phone | Phone | Téléphone | هاتف |
| | things | laptop | Laptop | Ordinateur | حاسوب |
| | yn | yes | Yes | Oui | نعم |
| | yn | no | No | Non | لا |
"""
_MESSAGE = "kobo--rank-constraint-message"
_FURTHER = f"{_MESSAGE}::en | {_MESSAGE}::fr | kobo--matrix_list | required | relevant"


def kobo_form() -> Questionnaire:
    made = read_xlsform(_FORM.replace("OTHERS", _FURTHER).strip().encode(), "needs.md").questionnaire
    assert made is not None
    return made
